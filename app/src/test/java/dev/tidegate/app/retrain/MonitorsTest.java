package dev.tidegate.app.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MonitorsTest {
  @Test
  void shouldDoubleItsPausesUpToTheLongest() {
    Monitors.Pauses pauses = new Monitors.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertThat(pauses.after(1)).hasSeconds(1);
    assertThat(pauses.after(3)).hasSeconds(4);
    assertThat(pauses.after(5)).hasSeconds(10);
    assertThat(pauses.after(1_000)).hasSeconds(10);
  }
}
