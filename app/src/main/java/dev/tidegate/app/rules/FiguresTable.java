package dev.tidegate.app.rules;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures of rules and typologies as tables in Markdown. */
final class FiguresTable {
  private static final String COLUMNS =
      " | planted | alerts | per 10,000 | precision | any crime | recall | cases found |";
  private static final String RULE = "| --- | --: | --: | --: | --: | --: | --: | --: |";

  private FiguresTable() {}

  /** Typologies, and then the recall of each kind that counts as one. */
  static String typologies(List<RuleFigures> all) {
    StringBuilder text = new StringBuilder(table("typology", all));
    text.append("\n| typology | recall by planted kind |\n| --- | --- |\n");
    for (RuleFigures one : all) {
      String kinds =
          one.byKind().stream()
              .map(
                  kind ->
                      String.format(
                          Locale.ROOT, "%s %.2f of %d", kind.kind(), kind.recall(), kind.planted()))
              .collect(Collectors.joining(", "));
      text.append("| ").append(one.id()).append(" | ").append(kinds).append(" |\n");
    }
    return text.toString();
  }

  /** One line for each. */
  static String table(String of, List<RuleFigures> all) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(of).append(COLUMNS).append('\n').append(RULE).append('\n');
    all.forEach(one -> text.append(row(one)).append('\n'));
    return text.toString();
  }

  private static String row(RuleFigures one) {
    boolean planted = one.planted() > 0;
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.1f | %s | %s | %s | %s |",
        one.id(),
        planted ? Long.toString(one.planted()) : "none",
        one.alerts().all(),
        one.alerts().per10k(),
        planted ? share(one.precision()) : "",
        share(one.crimeShare()),
        planted ? share(one.recall()) : "",
        planted ? one.cases().found() + " of " + one.cases().all() : "");
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "no alert" : String.format(Locale.ROOT, "%.3f", value);
  }
}
