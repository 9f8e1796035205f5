package dev.tidegate.app.laundering;

import dev.tidegate.app.laundering.LaneFigures.ModelFigures;
import dev.tidegate.app.laundering.LaneFigures.PatternFigures;
import dev.tidegate.app.laundering.LaneFigures.Shapes;
import dev.tidegate.app.laundering.LaneFigures.Split;
import dev.tidegate.app.laundering.LaneFigures.TestFigures;
import dev.tidegate.app.laundering.LaneFigures.TypologyFigures;
import dev.tidegate.app.terminal.Figures;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures as tables for people. */
public final class LaneText {
  private final StringBuilder text = new StringBuilder();

  private LaneText() {}

  /** The tables. */
  public static String of(LaneFigures figures) {
    LaneText tables = new LaneText();
    tables.head(figures);
    figures.models().forEach(tables::model);
    tables.shapes(figures.shapes());
    return tables.text.toString().stripTrailing();
  }

  /** The table of one release. */
  public static String of(ReleaseFigures figures) {
    LaneText table = new LaneText();
    table.line(
        "  release %s on %s: %s payments between accounts, %s laundering, %s to %s",
        figures.release(),
        figures.set(),
        Figures.count(figures.payments()),
        Figures.count(figures.laundering()),
        figures.since(),
        figures.until());
    table.line("    PR-AUC                %.4f", figures.test().prAuc());
    table.found(figures.test());
    table.typologies(figures.byTypology());
    table.line("    all patterns: %s", patterns(figures.patterns()));
    return table.text.toString().stripTrailing();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  private void head(LaneFigures figures) {
    line(
        "  %s: %s payments between accounts, %s laundering; %s other rows, %s rejected",
        figures.set(),
        Figures.count(figures.rows()),
        Figures.count(figures.laundering()),
        Figures.count(figures.left()),
        Figures.count(figures.rejected()));
    line(
        "  protocol %s, signals as of %s%s%s",
        figures.protocol(),
        figures.wholeDays() ? "the end of the day" : "the payment",
        figures.protocol().equals(Protocol.HONEST.toString()) ? "" : ", and of all later payments",
        (figures.longerCycles() ? "; with longer cycles" : "")
            + (figures.followMoney() ? "; with trails" : ""));
    left(figures);
    Split split = figures.split();
    if (split != null) {
      line(
          "  train %s (%s laundering), validation %s (%s) from %s, test %s (%s) from %s; seed %d",
          Figures.count(split.trainRows()),
          Figures.count(split.trainLaundering()),
          Figures.count(split.validationRows()),
          Figures.count(split.validationLaundering()),
          split.validationFrom(),
          Figures.count(split.testRows()),
          Figures.count(split.testLaundering()),
          split.testFrom(),
          figures.seed());
    }
  }

  private void left(LaneFigures figures) {
    if (figures.tail() > 0) {
      line("  cut at the end: %s payments of days with few others", Figures.count(figures.tail()));
    }
    if (figures.channelLeftOut()) {
      line("  channel left out: it would give the laundering away");
    }
  }

  private void model(ModelFigures model) {
    TestFigures test = model.test();
    line("");
    line("  %s: %d features, %d trees", model.columns(), model.features(), model.trees());
    line("    PR-AUC                %.4f (validation %.4f)", test.prAuc(), model.validationPrAuc());
    found(test);
    typologies(model.byTypology());
    line("    all patterns: %s", patterns(model.patterns()));
  }

  private void found(TestFigures test) {
    line(
        "    F1                    %.4f (precision %.4f, recall %.4f)",
        test.f1(), test.precision(), test.recall());
    line("    recall at FPR 0.1 %%   %.4f", test.recallAtFpr01());
    line("    recall at 1 %% alerts  %.4f", test.recallAtBudget1());
  }

  private void typologies(Map<String, TypologyFigures> byTypology) {
    line(
        "    %-24s %8s %9s %9s %9s   %s",
        "recall",
        "payments",
        "threshold",
        "FPR 0.1 %",
        "1 %",
        "patterns: one/half at threshold, one/half at 1 %");
    for (Map.Entry<String, TypologyFigures> typology : byTypology.entrySet()) {
      TypologyFigures of = typology.getValue();
      line(
          "    %-24s %8d %9.3f %9.3f %9.3f   %s",
          typology.getKey(),
          of.payments(),
          of.recallAtThreshold(),
          of.recallAtFpr01(),
          of.recallAtBudget1(),
          patterns(of.patterns()));
    }
  }

  private static String patterns(@Nullable PatternFigures patterns) {
    return patterns == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "%d: %.2f/%.2f, %.2f/%.2f",
            patterns.patterns(),
            patterns.oneAtThreshold(),
            patterns.halfAtThreshold(),
            patterns.oneAtBudget1(),
            patterns.halfAtBudget1());
  }

  private void shapes(@Nullable Shapes shapes) {
    if (shapes != null) {
      line("");
      line(
          "  cycles by shape alone: %d patterns, %d close, %d within the graph's reach, %d found"
              + " whole; %d have a part that closes and was found",
          shapes.patterns(),
          shapes.closing(),
          shapes.withinReach(),
          shapes.found(),
          shapes.touched());
    }
  }
}
