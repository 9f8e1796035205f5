package dev.tidegate.retrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingWindowTest {
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void shouldTrainOnTheWeekWhoseLabelsAreKnownAtTheEndOfTwo() {
    TrainingWindow window = window("2018-07-25", "2018-08-08", WEEK, null);
    assertWeek(window);
    assertThat(window.asOf()).isEqualTo(day("2018-08-08"));
    assertThat(window.asOfMoved()).isFalse();
    assertThat(window.explain())
        .isEqualTo(
            "Trains on payments of 2018-07-25T00:00:00Z to before 2018-08-01T00:00:00Z, whose"
                + " labels, 7 days late, were known by 2018-08-08T00:00:00Z: those from"
                + " 2018-08-01T00:00:00Z on had no labels yet.");
  }

  @Test
  void shouldMoveTheMomentOfTrainingBehindARangeNoLongerThanTheDelay() {
    TrainingWindow window = window("2018-07-25", "2018-08-01", WEEK, null);
    assertWeek(window);
    assertThat(window.asOf()).isEqualTo(day("2018-08-08"));
    assertThat(window.asOfMoved()).isTrue();
    assertThat(window.explain())
        .contains("the range is not longer than the label delay")
        .contains("7 days after its end")
        .doesNotContain("\n");
  }

  @Test
  void shouldObeyAMomentThatIsGiven() {
    TrainingWindow early = window("2018-07-25", "2018-08-01", WEEK, "2018-08-03");
    assertThat(early.trains(day("2018-07-26").toEpochMilli() - 1)).isTrue();
    assertThat(early.trains(day("2018-07-27").toEpochMilli())).isFalse();
    TrainingWindow late = window("2018-07-25", "2018-08-01", WEEK, "2019-01-01");
    assertWeek(late);
  }

  @Test
  void shouldUseTheWholeRangeWithoutDelay() {
    TrainingWindow window = window("2018-07-25", "2018-08-01", Duration.ZERO, null);
    assertWeek(window);
    assertThat(window.asOf()).isEqualTo(day("2018-08-01"));
    assertThat(window.asOfMoved()).isFalse();
  }

  @Test
  void shouldCloseOpenEndsWithTheRowsAtHand() {
    TimeRange range = TimeRange.within(null, null, 1_000, 9_000);
    assertThat(range.contains(1_000)).isTrue();
    assertThat(range.contains(9_000)).isTrue();
    assertThat(range.contains(9_001)).isFalse();
    assertThat(range.contains(999)).isFalse();
  }

  @Test
  void shouldRefuseAnEmptyRangeAndANegativeDelay() {
    assertThatThrownBy(() -> window("2018-08-01", "2018-08-01", WEEK, null))
        .hasMessageContaining("range is empty");
    assertThatThrownBy(() -> window("2018-07-01", "2018-08-01", Duration.ofDays(-1), null))
        .hasMessageContaining("negative");
  }

  private static void assertWeek(TrainingWindow window) {
    assertThat(window.trains(day("2018-07-25").toEpochMilli() - 1)).isFalse();
    assertThat(window.trains(day("2018-07-25").toEpochMilli())).isTrue();
    assertThat(window.trains(day("2018-08-01").toEpochMilli() - 1)).isTrue();
    assertThat(window.trains(day("2018-08-01").toEpochMilli())).isFalse();
  }

  private static TrainingWindow window(
      String since, String until, Duration delay, @Nullable String asOf) {
    return TrainingWindow.of(
        new TimeRange(day(since), day(until)), delay, asOf == null ? null : day(asOf));
  }

  private static Instant day(String date) {
    return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
