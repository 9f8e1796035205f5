package dev.tidegate.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.app.sizing.Costs;
import dev.tidegate.app.sizing.MemoryCosts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is held is weighed, not guessed; fewer payments weigh about as much each. */
final class MemoryBenchTest {
  private static final int BYTES = 64 << 20;

  @Test
  void shouldWeighWhatAnObjectHolds() {
    assertThat((double) Weight.of(() -> new byte[BYTES])).isCloseTo(BYTES, within(0.1 * BYTES));
  }

  /** What was there before and goes meanwhile is not the object's. */
  @Test
  void shouldWeighOnceTheHeapRests() {
    Deque<byte[]> going = new ArrayDeque<>(List.of(new byte[BYTES / 2], new byte[BYTES / 2]));

    long weighed =
        Weight.of(
            () -> {
              going.poll();
              return new byte[BYTES];
            });

    assertThat((double) weighed).isCloseTo(BYTES, within(0.1 * BYTES));
  }

  /**
   * A heap that only fills is not weighed. By a gauge that fills, not by this process: what leaves
   * the real heap meanwhile could make up for what fills it.
   */
  @Test
  void shouldRefuseAHeapThatDoesNotRest() {
    AtomicLong filled = new AtomicLong();
    Weight filling = new Weight(() -> filled.addAndGet(1 << 20));

    assertThatThrownBy(() -> filling.weigh(Object::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not rest");
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
