package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class EndingTest {
  private final Ending ending = new Ending();
  private final AtomicInteger cuts = new AtomicInteger();

  @Test
  void shouldCutShortWhatIsBlocked() throws InterruptedException {
    ending.blocking(cuts::incrementAndGet);
    assertThat(ending.asked()).isFalse();
    assertThat(ending.await(Duration.ofMillis(1))).isFalse();

    ending.ask();

    assertThat(cuts).hasValue(1);
    assertThat(ending.asked()).isTrue();
    assertThat(ending.await(Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void shouldLetNothingBlockOnceTheEndWasAskedFor() {
    ending.ask();

    assertThatThrownBy(() -> ending.blocking(cuts::incrementAndGet))
        .isInstanceOf(WakeupException.class);
  }

  @Test
  void shouldLeaveAloneWhatIsBlockedNoMore() {
    ending.blocking(cuts::incrementAndGet);
    ending.unblocked();

    ending.ask();

    assertThat(cuts).hasValue(0);
  }
}
