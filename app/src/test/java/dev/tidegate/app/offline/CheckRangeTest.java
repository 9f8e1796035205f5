package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CheckRangeTest {
  private static final LocalDate LAST = LocalDate.of(2026, 3, 31);
  private static final long WEEK_MS = Duration.ofDays(7).toMillis();

  @Test
  void shouldReadOnlyTheDaysThatTheNewestLookBackOn() {
    CheckRange range = CheckRange.of(days(60, 1), WEEK_MS, 0);

    assertThat(range.firstDay()).isEqualTo(LAST.minusDays(8));
    assertThat(range.vectors()).hasSize(9);
    assertThat(range.judged()).containsExactly(file(LAST.minusDays(1), 0), file(LAST, 0));
    assertThat(range.mayBeWhole()).isFalse();
    assertThat(Instant.ofEpochMilli(range.fromMs())).isEqualTo("2026-03-23T00:00:00Z");
  }

  @Test
  void shouldReadAYoungHistoryAsOneThatMayBeWholeAndElseBeginBehindItsFirstDay() {
    CheckRange range = CheckRange.of(days(3, 1), WEEK_MS, 0);

    assertThat(range.mayBeWhole()).isTrue();
    assertThat(range.judged()).isEqualTo(range.vectors()).hasSize(3);
    assertThat(Instant.ofEpochMilli(range.fromMs())).isEqualTo("2026-03-30T00:00:00Z");
  }

  @Test
  void shouldReadTheValuesOfEveryFileInTheEndButNotOfAllAtOnce() {
    ArchivedDays days = days(2, 700);
    Set<Path> seen = new HashSet<>();
    for (long turn = 0; turn < 7; turn++) {
      List<Path> judged = CheckRange.of(days, WEEK_MS, turn).judged();
      assertThat(judged).hasSizeLessThanOrEqualTo(CheckRange.JUDGED_FILES);
      seen.addAll(judged);
    }
    assertThat(seen).hasSize(1_400);
  }

  private static ArchivedDays days(int count, int files) {
    NavigableMap<LocalDate, List<Path>> byDay = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      LocalDate day = LAST.minusDays(i);
      byDay.put(day, IntStream.range(0, files).mapToObj(n -> file(day, n)).toList());
    }
    return new ArchivedDays(byDay);
  }

  private static Path file(LocalDate day, int number) {
    return Path.of("vectors", "day=" + day, number + ".parquet");
  }
}
