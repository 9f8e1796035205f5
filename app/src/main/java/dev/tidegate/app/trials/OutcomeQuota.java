package dev.tidegate.app.trials;

/**
 * Which payments wait until their outcome is known, so that the heap holds a bounded number of
 * them: all of the first ones, half of the bound, and from then on as many, evenly over the label
 * delay. Which they are depends on when they come and on nothing else, so the share of fraud among
 * them is that among all. Event time in milliseconds. O(1). Not thread safe.
 */
final class OutcomeQuota {
  private final double half;
  private final double perMs;
  private double left;
  private long nowMs = Long.MIN_VALUE;

  /**
   * Nobody waits.
   *
   * @param most that wait at a time, at least 2
   * @param delayMs for which each waits, above 0
   */
  OutcomeQuota(int most, long delayMs) {
    half = most / 2.0;
    perMs = half / delayMs;
    left = half;
  }

  /** Whether a payment that comes now is to wait. */
  boolean takes(long timeMs) {
    if (nowMs != Long.MIN_VALUE && timeMs > nowMs) {
      left = Math.min(half, left + (timeMs - nowMs) * perMs);
    }
    nowMs = Math.max(nowMs, timeMs);
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
