package dev.tidegate.scoring.forest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring leaves nothing for the collector, one row at a time or many, in either layout. */
final class ForestAllocationTest {
  private static final int WIDTH = 20;
  private static final int CALLS = 2_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256})
  void shouldAllocateNothing(int batch) {
    assertThat(allocated(RandomForests.perfect(WIDTH, 50, 6, 1), batch)).isLessThan(CALLS);
    assertThat(allocated(RandomForests.chains(WIDTH, 20, 15, 2), batch)).isLessThan(CALLS);
  }

  /** Bytes of all calls together: less than one a call is the measurement's own, if anything. */
  private long allocated(Forest forest, int batch) {
    float[] rows = RandomForests.rows(forest, batch, 3);
    float[] scores = new float[batch];
    try (ForestModel model = ForestModel.of(forest).open()) {
      for (int warm = 0; warm < CALLS; warm++) {
        model.score(rows, batch, scores);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        model.score(rows, batch, scores);
      }
      return threads.getCurrentThreadAllocatedBytes() - before;
    }
  }
}
