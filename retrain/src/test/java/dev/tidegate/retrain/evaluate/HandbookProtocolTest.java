package dev.tidegate.retrain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.HandbookRows;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.retrain.train.TrainingWindow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The published protocol S: train 2018-07-25..31, delay 7 days, test 2018-08-08..14. */
@EnabledIf("dev.tidegate.retrain.HandbookRows#present")
class HandbookProtocolTest {
  private static final Duration DELAY = Duration.ofDays(7);
  private static final TimeRange TEST =
      new TimeRange(Instant.parse("2018-08-08T00:00:00Z"), Instant.parse("2018-08-15T00:00:00Z"));

  @Test
  void shouldCountTheRowsThatArePublished() throws IOException {
    TrainingWindow window =
        TrainingWindow.of(
            new TimeRange(
                Instant.parse("2018-07-25T00:00:00Z"), Instant.parse("2018-08-01T00:00:00Z")),
            DELAY,
            null);
    KnownFraud known = new KnownFraud(window.since().toEpochMilli(), DELAY);
    Counts train = new Counts();
    Counts test = new Counts();
    HandbookRows.read(
        row -> {
          if (row.fraud()) {
            known.add(row.customer(), row.timeMs());
          }
          if (window.trains(row.timeMs())) {
            train.add(row);
          }
          // Oldest first: what is known on a test day has been read before.
          if (TEST.contains(row.timeMs()) && !known.known(row.customer(), row.timeMs())) {
            test.add(row);
          }
        });
    assertThat(train.rows).isEqualTo(67_240);
    assertThat(train.frauds).isEqualTo(598);
    assertThat(test.rows).isEqualTo(58_264);
    assertThat(test.frauds).isEqualTo(385);
  }

  private static final class Counts {
    private int rows;
    private int frauds;

    void add(HandbookRows.Row row) {
      rows++;
      frauds += row.fraud() ? 1 : 0;
    }
  }
}
