package dev.tidegate.app.trainer;

import dev.tidegate.app.Refused;
import java.util.List;

/**
 * Mature payments cut in two by time: what is learned from, and the newer window that gates judge
 * on. No moment stands on both sides.
 *
 * @param rows all, by time
 * @param from first row of the window
 */
record TrialSplit(List<LoggedRow> rows, int from) {
  /**
   * Cuts.
   *
   * @param share of the rows that the window gets
   * @throws Refused if a side would have no rows
   */
  static TrialSplit of(List<LoggedRow> rows, double share) {
    int from = (int) Math.floor(rows.size() * (1 - share));
    while (from > 0
        && from < rows.size()
        && rows.get(from - 1).timeMs() == rows.get(from).timeMs()) {
      from--;
    }
    if (from <= 0 || from >= rows.size()) {
      throw new Refused(
          rows.size()
              + " mature payments cannot be cut by time into what is learned from and what is"
              + " judged on; wait for more, or name a history by --history");
    }
    return new TrialSplit(rows, from);
  }

  /** Rows to learn from. */
  List<LoggedRow> head() {
    return rows.subList(0, from);
  }

  /** Rows to judge on. */
  List<LoggedRow> window() {
    return rows.subList(from, rows.size());
  }

  /** First moment of the window. */
  long windowMs() {
    return rows.get(from).timeMs();
  }
}
