package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.scoring.loop.ScoringMeter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The feed waits for whichever lane is further behind. */
final class FeedBehindTest {
  private final AtomicLong lag = new AtomicLong();
  private final FeedRun.Behind behind = new FeedRun.Behind(new ScoringMeter()::snapshot, lag::get);

  @Test
  void shouldWaitForThePaymentsScorer() {
    assertThat(behind.undecided(12)).isEqualTo(12);
  }

  @Test
  void shouldWaitForTheLanesScorerThoughPaymentsAreDecided() {
    lag.set(9_000);
    assertThat(behind.undecided(0)).isEqualTo(9_000);
    assertThat(behind.undecided(12_000)).isEqualTo(12_000);
  }
}
