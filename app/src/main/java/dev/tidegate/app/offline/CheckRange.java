package dev.tidegate.app.offline;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The days of a history that a check reads: as far back as the newest days' features look.
 *
 * @param vectors files of vectors, all of those days
 * @param judged those of which the values are read, at most {@value #JUDGED_FILES}
 * @param firstDay the first of the days
 * @param fromMs moment from which all payments are in the history, unless it is whole
 * @param mayBeWhole whether the history has no days before these
 */
record CheckRange(
    List<Path> vectors, List<Path> judged, LocalDate firstDay, long fromMs, boolean mayBeWhole) {
  /** Values are most of a history; reading them is most of a check's work. */
  static final int JUDGED_FILES = 200;

  /** Newest days whose vectors are judged, besides those that they look back on. */
  private static final int JUDGED_DAYS = 2;

  /**
   * The range of a turn.
   *
   * @param vectors the table of vectors, not empty
   * @param reachMs how far back features look
   * @param turn number of the turn: each looks at other files where there are too many
   */
  static CheckRange of(ArchivedDays vectors, long reachMs, long turn) {
    int reachDays = (int) Duration.ofMillis(reachMs).plusDays(1).minusMillis(1).toDays();
    LocalDate judgedFrom = vectors.last().minusDays(JUDGED_DAYS - 1);
    LocalDate wanted = judgedFrom.minusDays(reachDays);
    boolean all = !wanted.isAfter(vectors.first());
    // The history may have begun in the middle of its first day.
    LocalDate from = all ? vectors.first().plusDays(1) : wanted;
    return new CheckRange(
        vectors.since(wanted),
        some(vectors.since(all ? wanted : judgedFrom), turn),
        wanted,
        from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
        all);
  }

  private static List<Path> some(List<Path> files, long turn) {
    int stride = (files.size() + JUDGED_FILES - 1) / JUDGED_FILES;
    int first = (int) (turn % stride);
    return IntStream.range(0, files.size())
        .filter(i -> i % stride == first)
        .mapToObj(files::get)
        .toList();
  }
}
