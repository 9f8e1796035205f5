package dev.tidegate.benchmarks.sizing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DrainTest {
  @Test
  void shouldWaitUntilAllIsDecided() {
    AtomicLong decided = new AtomicLong();

    assertThatCode(() -> Drain.await("rate-1", decided::incrementAndGet, 3, Duration.ofMinutes(1)))
        .doesNotThrowAnyException();
  }

  /** Else a rate that was not kept up with would stand in config/sizing.json as a low cost. */
  @Test
  void shouldRefuseFiguresWhilePaymentsWait() {
    assertThatThrownBy(() -> Drain.await("rate-1", () -> 7, 10, Duration.ofMillis(20)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rate-1: 3 payments were not decided")
        .hasMessageContaining("--rates");
  }
}
