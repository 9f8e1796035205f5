package dev.tidegate.ingest.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A {@link ProfileReport} as lines of text. */
final class ReportText {
  private static final int WIDEST_VALUE = 24;

  private final ProfileReport report;
  private final StringBuilder out = new StringBuilder();

  ReportText(ProfileReport report) {
    this.report = report;
  }

  String text() {
    String verdict = report.fits() ? " fits " : " does not fit ";
    line("Profile " + report.profile() + verdict + report.file() + ".");
    section("Problems", report.problems());
    if (report.fits()) {
      table();
      section("What fills what", fills());
      section("What stays empty", report.empty());
      if (!report.unusedColumns().isEmpty()) {
        section("Columns not used", List.of(String.join(", ", report.unusedColumns())));
      }
      section("Order of times", List.of(order()));
      section(counted(), rejections());
    }
    return out.toString();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      line("");
      line(title);
      lines.forEach(text -> line("  " + text));
    }
  }

  private List<String> fills() {
    int width = report.mapped().keySet().stream().mapToInt(String::length).max().orElse(0);
    List<String> lines = new ArrayList<>();
    report.mapped().forEach((field, from) -> lines.add(padded(field, width) + "  " + from));
    return lines;
  }

  private String order() {
    Disorder disorder = report.disorder();
    if (disorder.behind() == 0) {
      return "every payment's time is that of the row before it, or later";
    }
    return String.format(
        Locale.ROOT,
        "%,d of %,d payments (%.2f %%) stand behind an earlier row's time, the furthest by %s",
        disorder.behind(),
        disorder.payments(),
        100 * disorder.share(),
        ProfileWords.span(disorder.largestMs()));
  }

  private String counted() {
    return String.format(
        Locale.ROOT,
        "%s %,d rows: %,d payments, %,d rejected, %,d duplicates, %,d left out;"
            + " labels: %,d fraud, %,d not",
        report.wholeFile() ? "All" : "First",
        report.rowsRead(),
        report.accepted(),
        report.rejected().values().stream().mapToLong(Long::longValue).sum(),
        report.duplicates(),
        report.skipped(),
        report.positives(),
        report.negatives());
  }

  private List<String> rejections() {
    if (report.rejected().isEmpty()) {
      return List.of("no row was rejected");
    }
    List<String> lines = new ArrayList<>();
    report
        .rejected()
        .forEach(
            (reason, count) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%-20s %,8d  %6.2f %%",
                        reason,
                        count,
                        100.0 * count / Math.max(1, report.rowsRead()))));
    return lines;
  }

  private void table() {
    if (report.firstRows().isEmpty()) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    report.firstRows().forEach(row -> columns.addAll(row.keySet()));
    line("");
    line("First rows as read");
    int[] widths = columns.stream().mapToInt(this::width).toArray();
    row(List.copyOf(columns), widths);
    for (Map<String, String> row : report.firstRows()) {
      row(columns.stream().map(column -> row.getOrDefault(column, "")).toList(), widths);
    }
  }

  private int width(String column) {
    int widest = column.length();
    for (Map<String, String> row : report.firstRows()) {
      widest = Math.max(widest, cut(row.getOrDefault(column, "")).length());
    }
    return widest;
  }

  private void row(List<String> cells, int[] widths) {
    StringBuilder text = new StringBuilder(" ");
    for (int i = 0; i < cells.size(); i++) {
      text.append(' ').append(padded(cut(cells.get(i)), widths[i])).append(' ');
    }
    line(text.toString().stripTrailing());
  }

  private static String cut(String value) {
    return value.length() <= WIDEST_VALUE ? value : value.substring(0, WIDEST_VALUE - 2) + "..";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
