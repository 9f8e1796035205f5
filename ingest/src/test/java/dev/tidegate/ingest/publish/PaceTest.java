package dev.tidegate.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = 5_000_000_000L;

  @Test
  void shouldSpaceRowsEvenly() {
    Pace pace = new Pace(1_000, () -> now);
    assertThat(pace.untilDue()).isZero();
    pace.take();
    assertThat(pace.untilDue()).isEqualTo(1_000_000L);
    now += 400_000L;
    assertThat(pace.untilDue()).isEqualTo(600_000L);
    now += 600_000L;
    assertThat(pace.untilDue()).isZero();
  }

  @Test
  void shouldMakeUpForATenthOfASecondAndNoMore() {
    Pace pace = new Pace(1_000, () -> now);
    assertThat(pace.untilDue()).isZero();
    now += 60_000_000_000L;
    int burst = 0;
    while (pace.untilDue() <= 0) {
      pace.take();
      burst++;
    }
    assertThat(burst).isBetween(100, 102);
  }

  @Test
  void shouldNotLimitWithoutARate() {
    assertThat(new Pace(0, () -> now).unlimited()).isTrue();
  }
}
