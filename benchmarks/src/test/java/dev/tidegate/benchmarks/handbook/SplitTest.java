package dev.tidegate.benchmarks.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.train.TrainingWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dates that the Handbook publishes, and nothing known too early. */
final class SplitTest {
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  @Test
  void shouldHaveTheDatesOfProtocolS() {
    HandbookReport.Dates dates = HandbookReport.Dates.of(Split.protocolS());

    assertThat(dates)
        .isEqualTo(
            new HandbookReport.Dates(
                "2018-07-25",
                "2018-07-25T00:00:00Z",
                "2018-08-01T00:00:00Z",
                "2018-08-08T00:00:00Z",
                "2018-08-15T00:00:00Z"));
  }

  @Test
  void shouldHaveTheFoldsOfProtocolP() {
    List<Split> folds = Split.protocolP();

    assertThat(folds)
        .extracting(Split::name)
        .containsExactly("2018-07-25", "2018-08-01", "2018-08-08", "2018-08-15");
    assertThat(folds)
        .extracting(fold -> fold.test().since().toString())
        .containsExactly(
            "2018-08-08T00:00:00Z",
            "2018-08-15T00:00:00Z",
            "2018-08-22T00:00:00Z",
            "2018-08-29T00:00:00Z");
    assertThat(folds.get(3).test().until()).isEqualTo("2018-09-05T00:00:00Z");
    assertThat(folds.get(0)).isEqualTo(Split.protocolS());
  }

  @Test
  void shouldTrainOnNothingWhoseLabelWasNotKnownWhenTheTestBegins() {
    for (Split split : Split.protocolP()) {
      TrainingWindow window = split.window();
      long from = split.train().since().minus(Duration.ofDays(40)).toEpochMilli();
      long to = split.test().until().plus(Duration.ofDays(40)).toEpochMilli();
      int trained = 0;
      for (long timeMs = from; timeMs < to; timeMs += HOUR_MS) {
        if (window.trains(timeMs)) {
          trained++;
          Instant known = Instant.ofEpochMilli(timeMs).plus(Split.LABEL_DELAY);
          assertThat(known).isBefore(split.test().since());
          assertThat(split.test().contains(timeMs)).isFalse();
        }
        assertThat(split.uses(timeMs))
            .isEqualTo(window.trains(timeMs) || split.test().contains(timeMs));
      }
      assertThat(trained).isEqualTo(7 * 24);
    }
  }
}
