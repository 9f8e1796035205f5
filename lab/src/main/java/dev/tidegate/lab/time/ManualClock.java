package dev.tidegate.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved, and never goes back. Thread safe. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  /** A clock that stands at an instant. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Moves the clock on.
   *
   * @throws IllegalArgumentException if the step is negative
   */
  public synchronized void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("a clock does not go back, not by " + step);
    }
    now = now.plus(step);
  }

  /** Moves the clock to an instant, or leaves it if it is past that. */
  public synchronized void advanceTo(Instant target) {
    now = now.isAfter(target) ? now : target;
  }
}
