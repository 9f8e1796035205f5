package dev.tidegate.benchmarks.windows;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the operators of the run in this process have handled. Static, for Flink makes its operators
 * from bytes; one run at a time.
 */
final class Meter {
  /** Events that the design has taken into its state, and answered if it answers each. */
  static final AtomicLong HANDLED = new AtomicLong();

  /** Results that reached the sink. */
  static final AtomicLong RESULTS = new AtomicLong();

  private Meter() {}

  static void reset() {
    HANDLED.set(0);
    RESULTS.set(0);
  }
}
