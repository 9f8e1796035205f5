package dev.tidegate.app.stage;

import java.time.Duration;

/**
 * Pauses before something that failed is started again: the first one, doubled with each failure
 * that comes soon after a start, up to the longest. Whatever ran for as long as the longest pause
 * begins with the first one again. Moments are milliseconds of one clock; if that clock is set
 * back, nothing waits for it. Not thread safe.
 */
final class Backoff {
  private final long firstMs;
  private final long longestMs;
  private long pauseMs;
  private long startedMs;
  private long failedMs;

  /** Pauses of {@code first}, more than zero, up to {@code longest}, not less. */
  Backoff(Duration first, Duration longest) {
    if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no pauses from " + first + " to " + longest);
    }
    firstMs = first.toMillis();
    longestMs = longest.toMillis();
  }

  /** It was started. */
  void started(long nowMs) {
    startedMs = nowMs;
  }

  /** It failed; the pause until it is due again. */
  Duration failed(long nowMs) {
    boolean ranWell = nowMs - startedMs >= longestMs;
    pauseMs = pauseMs == 0 || ranWell ? firstMs : Math.min(longestMs, 2 * pauseMs);
    failedMs = nowMs;
    return Duration.ofMillis(pauseMs);
  }

  /** True once the pause is over. */
  boolean due(long nowMs) {
    long waitedMs = nowMs - failedMs;
    return waitedMs >= pauseMs || waitedMs < 0;
  }
}
