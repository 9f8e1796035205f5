package dev.tidegate.benchmarks.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/**
 * How much lives on the heap because of an object: what is left after a collection with it, less
 * what was left without it. What other threads hold meanwhile is in it, so much is to be weighed.
 */
final class Weight {
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private Weight() {}

  /** Bytes. */
  static long of(Supplier<Object> made) {
    long before = living();
    Object held = made.get();
    try {
      return living() - before;
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  private static long living() {
    MEMORY.gc();
    MEMORY.gc(); // what the first one left to be cleaned
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
