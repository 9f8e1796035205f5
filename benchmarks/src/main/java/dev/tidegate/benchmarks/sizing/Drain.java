package dev.tidegate.benchmarks.sizing;

import dev.tidegate.benchmarks.Stopwatch;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Waits until all that was sent is decided; what is measured over payments that wait is no cost.
 */
final class Drain {
  private Drain() {}

  /**
   * Waits, within a limit.
   *
   * @param what was sent, for the error
   * @param decided payments so far
   * @param all payments that are to be decided
   * @throws IllegalStateException if some are not decided within the limit
   */
  static void await(String what, LongSupplier decided, long all, Duration limit) {
    if (!Stopwatch.await(limit, () -> decided.getAsLong() >= all)) {
      throw new IllegalStateException(
          what
              + ": "
              + Math.max(0, all - decided.getAsLong())
              + " payments were not decided within "
              + limit.toSeconds()
              + " s after the last one, so this machine does not keep up and there is no cost to"
              + " tell; try lower --rates");
    }
  }
}
