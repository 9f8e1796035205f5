package dev.tidegate.app.offline;

import dev.tidegate.app.terminal.Figures;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/** What was mined, as people read it. */
public final class MiningText {
  private static final int SHOWN = 10;

  private MiningText() {}

  /** The best cases of each search, and how they meet the labels. */
  public static String of(Mining.Outcome outcome) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s payments, %s slices, %s communities of two accounts or more, %s cases",
        Figures.count(outcome.payments()),
        Figures.count(outcome.slices()),
        Figures.count(outcome.communities()),
        Figures.count(outcome.cases().size()));
    for (MinedSearch search : MinedSearch.values()) {
      table(text, search, outcome);
    }
    Map<MinedSearch, MinedLabels> labels = outcome.labels();
    if (labels != null) {
      line(text, "");
      labels.forEach((search, met) -> labels(text, search, met));
    }
    return text.toString().stripTrailing();
  }

  private static void table(StringBuilder text, MinedSearch search, Mining.Outcome outcome) {
    String title = search == MinedSearch.DENSE_FLOW ? "Dense flows" : "Bicliques";
    String width = search == MinedSearch.DENSE_FLOW ? "between" : "side";
    line(text, "");
    line(
        text,
        "%-12s %14s %8s %9s %9s  %-10s %-10s %s",
        title,
        "score",
        width,
        "accounts",
        "payments",
        "from",
        "to",
        "about");
    for (PatternAlert one : outcome.cases()) {
      MinedCase mined = one.getMined();
      if (mined != null && mined.getSearch() == search && mined.getRank() <= SHOWN) {
        line(
            text,
            "%12d %,14.2f %8d %9d %9d  %-10s %-10s %s",
            mined.getRank(),
            mined.getScore(),
            one.getWidth(),
            one.getAccounts(),
            one.getPayments(),
            day(one.getFirstPaymentMs()),
            day(one.getLastPaymentMs()),
            one.getFocus());
      }
    }
  }

  private static void labels(StringBuilder text, MinedSearch search, MinedLabels met) {
    line(
        text,
        "%s: %d of %d accounts in %d cases are labelled, %s; of all %d accounts %s; of the first"
            + " 10 cases %s; %d cases half or more",
        search == MinedSearch.DENSE_FLOW ? "Dense flows" : "Bicliques",
        met.labelled(),
        met.accounts(),
        met.cases(),
        Figures.percent(met.share()),
        met.allAccounts(),
        Figures.percent(met.baseRate()),
        Figures.percent(met.shareOfFirstTen()),
        met.casesHalfLabelled());
  }

  private static String day(long timeMs) {
    return Instant.ofEpochMilli(timeMs).atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
