package dev.tidegate.scoring.decide;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Leaves something alone that fails again and again (Nygard, "Release It!", 2007): after some
 * failures in a row it is open and nothing is asked; when its pause is over one try is let through,
 * which closes it or opens it again. Not thread safe.
 */
final class CircuitBreaker {
  private final int failures;
  private final long pauseMs;
  private final InstantSource clock;
  private int inARow;
  private long openUntilMs = Long.MIN_VALUE;

  /**
   * Closed at first.
   *
   * @param failures how many in a row open it, 1 or more
   * @param pause how long it stays open
   */
  CircuitBreaker(int failures, Duration pause, InstantSource clock) {
    this.failures = failures;
    this.pauseMs = pause.toMillis();
    this.clock = clock;
  }

  /** True if a try is allowed. */
  boolean allows() {
    return inARow < failures || clock.millis() >= openUntilMs;
  }

  void succeeded() {
    inARow = 0;
  }

  void failed(int times) {
    inARow += times;
    if (inARow >= failures) {
      openUntilMs = clock.millis() + pauseMs;
    }
  }
}
