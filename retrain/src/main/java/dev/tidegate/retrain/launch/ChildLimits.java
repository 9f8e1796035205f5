package dev.tidegate.retrain.launch;

import java.time.Duration;

/**
 * What a child process that trains may take; its memory is bounded by its own command.
 *
 * @param deadline longest time of one attempt; then it is stopped and has failed
 * @param retries further attempts after one that was cut short: killed, or ended with its launcher
 */
public record ChildLimits(Duration deadline, int retries) {
  /** Checks the ranges. */
  public ChildLimits {
    if (deadline.isNegative() || deadline.isZero() || retries < 0) {
      throw new IllegalArgumentException("a deadline must be positive, retries not negative");
    }
  }
}
