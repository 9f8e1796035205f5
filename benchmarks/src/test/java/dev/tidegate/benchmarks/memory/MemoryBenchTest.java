package dev.tidegate.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.app.sizing.Costs;
import dev.tidegate.app.sizing.MemoryCosts;
import org.junit.jupiter.api.Test;

/** What is held is weighed, not guessed; fewer payments weigh about as much each. */
final class MemoryBenchTest {
  private static final int BYTES = 64 << 20;

  @Test
  void shouldWeighWhatAnObjectHolds() {
    assertThat((double) Weight.of(() -> new byte[BYTES])).isCloseTo(BYTES, within(0.1 * BYTES));
  }

  @Test
  void shouldComeToWhatSizesAreReckonedWith() {
    MemoryCosts written = Costs.read().memory();
    assertThat(written).isNotNull();
    MemoryCosts weighed = new MemoryBench(200_000, 1).run();

    // Arrays grow by a part of themselves, tables by twice.
    close(weighed.graphPayment(), written.graphPayment());
    close(weighed.graphAccount(), written.graphAccount());
    close(weighed.waitingPayment(), written.waitingPayment());
    close(weighed.trialPayment(), written.trialPayment());
  }

  private static void close(double weighed, double written) {
    assertThat(weighed).isBetween(written * 0.6, written * 1.6);
  }
}
