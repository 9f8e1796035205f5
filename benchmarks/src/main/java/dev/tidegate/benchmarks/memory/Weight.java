package dev.tidegate.benchmarks.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much lives on the heap because of an object: what is left after a collection with it, less
 * what is left without it. Only a heap at rest weighs: what is left without the object, before and
 * after, has to be the same but for a hundredth, or the object is made and weighed again.
 */
final class Weight {
  /** Of this process. */
  private static final Weight HEAP = new Weight(living(ManagementFactory.getMemoryMXBean()));

  private static final int MOST_WEIGHINGS = 20;
  private static final long LEAST_REST = 256 << 10;
  private static final int REST_PART = 100;

  private final LongSupplier living;

  /**
   * By a gauge of one's own.
   *
   * @param living bytes that live now
   */
  Weight(LongSupplier living) {
    this.living = living;
  }

  /**
   * Bytes on the heap of this process.
   *
   * @throws IllegalStateException as {@link #weigh}
   */
  static long of(Supplier<Object> made) {
    return HEAP.weigh(made);
  }

  /**
   * Bytes.
   *
   * @throws IllegalStateException the heap does not come to rest: other threads fill or empty it
   */
  long weigh(Supplier<Object> made) {
    long before = living.getAsLong();
    for (int weighing = 1; weighing <= MOST_WEIGHINGS; weighing++) {
      long with = livingWith(made);
      long after = living.getAsLong();
      long weight = with - after;
      if (Math.abs(after - before) <= Math.max(LEAST_REST, weight / REST_PART)) {
        return weight;
      }
      before = after;
    }
    throw new IllegalStateException(
        "The heap did not rest in " + MOST_WEIGHINGS + " weighings; other threads work on it.");
  }

  private long livingWith(Supplier<Object> made) {
    Object held = made.get();
    try {
      return living.getAsLong();
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  private static LongSupplier living(MemoryMXBean memory) {
    return () -> {
      memory.gc();
      memory.gc(); // what the first one left to be cleaned
      return memory.getHeapMemoryUsage().getUsed();
    };
  }
}
