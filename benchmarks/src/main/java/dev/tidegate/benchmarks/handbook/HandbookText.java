package dev.tidegate.benchmarks.handbook;

import java.io.PrintWriter;
import java.util.Locale;

/** A report as tables for people. */
public final class HandbookText {
  private final PrintWriter out;

  /** Prints to a writer. */
  public HandbookText(PrintWriter out) {
    this.out = out;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  /** Prints all that the report holds. */
  public void print(HandbookReport report) {
    report.protocols().forEach(this::protocol);
    Ablation ablation = report.ablation();
    if (ablation != null) {
      ablation(ablation);
    }
    out.flush();
  }

  private void protocol(ProtocolFigures figures) {
    line(
        "%nProtocol %s; best published PR-AUC %.3f",
        figures.protocol().toUpperCase(Locale.ROOT), figures.publishedPrAuc());
    line(
        "  %-11s %5s %8s %8s %8s %6s",
        "train from", "seed", "PR-AUC", "ROC-AUC", "CP@100", "trees");
    for (Trial.Figure one : figures.splits()) {
      line(
          "  %-11s %5d %8.4f %8.4f %8.4f %6d",
          one.split(),
          one.seed(),
          one.prAuc(),
          one.rocAuc(),
          one.cardPrecisionAt100(),
          one.size().trees());
    }
    for (ProtocolFigures.Means mean : figures.means()) {
      line(
          "  %-11s %5d %8.4f %8.4f %8.4f",
          "mean", mean.seed(), mean.prAuc(), mean.rocAuc(), mean.cardPrecisionAt100());
    }
  }

  private void ablation(Ablation ablation) {
    line("%nFamilies of features on protocol S, PR-AUC, mean over the seeds (least to most)");
    line("  %-16s %4s  %-24s %8s  %s", "family", "", "without it", "drop", "it and the payment");
    line("  %-16s %4s  %s", "none left out", "", spread(ablation.all()));
    for (Ablation.Row row : ablation.families()) {
      line(
          "  %-16s %4d  %-24s %+8.4f  %s",
          row.family(), row.features(), spread(row.without()), row.drop(), spread(row.alone()));
    }
  }

  private static String spread(Spread spread) {
    return String.format(
        Locale.ROOT, "%.4f (%.4f-%.4f)", spread.mean(), spread.least(), spread.most());
  }
}
