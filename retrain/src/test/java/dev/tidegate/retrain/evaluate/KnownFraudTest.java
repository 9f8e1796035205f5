package dev.tidegate.retrain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownFraudTest {
  private final KnownFraud known = new KnownFraud(ms("2018-07-25T00:00:00Z"), Duration.ofDays(7));

  @Test
  void shouldKnowAFraudFromTheDayThatStartsAfterTheDelay() {
    known.add("c", ms("2018-07-31T23:59:59.999Z"));
    assertThat(known.known("c", ms("2018-08-07T23:59:59Z"))).isFalse();
    assertThat(known.known("c", ms("2018-08-08T00:00:00Z"))).isTrue();
    known.add("d", ms("2018-08-01T00:00:00Z"));
    assertThat(known.known("d", ms("2018-08-08T23:00:00Z"))).isFalse();
    assertThat(known.known("d", ms("2018-08-09T00:00:00Z"))).isTrue();
  }

  @Test
  void shouldNotLookBeforeTheTrainingRange() {
    known.add("c", ms("2018-07-24T23:59:59Z"));
    assertThat(known.known("c", ms("2018-08-10T00:00:00Z"))).isFalse();
  }

  @Test
  void shouldTakeTheFirstFraudInWhateverOrder() {
    known.add("c", ms("2018-08-09T00:00:00Z"));
    known.add("c", ms("2018-07-26T00:00:00Z"));
    assertThat(known.known("c", ms("2018-08-08T12:00:00Z"))).isTrue();
    assertThat(known.known("other", ms("2018-08-08T12:00:00Z"))).isFalse();
  }

  private static long ms(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
