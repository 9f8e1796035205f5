package dev.tidegate.lab.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ManualClockTest {
  private final ManualClock clock = new ManualClock(Instant.EPOCH);

  @Test
  void shouldStandUntilItIsMoved() {
    clock.advance(Duration.ofSeconds(3));

    assertThat(clock.millis()).isEqualTo(3_000);
    assertThat(clock.millis()).isEqualTo(3_000);
  }

  @Test
  void shouldNeverGoBack() {
    clock.advanceTo(Instant.ofEpochSecond(5));
    clock.advanceTo(Instant.ofEpochSecond(4));

    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(5));
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
