package dev.tidegate.lab.time;

import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;

/** A moment by which several things must be over, that they share. Immutable. */
public final class Deadline {
  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** A deadline that far from now. */
  public static Deadline in(Duration limit) {
    return new Deadline(WallClock.nanos() + limit.toNanos());
  }

  /** What is left; zero once it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, endNanos - WallClock.nanos()));
  }

  /** A share of what is left, for one thing among several. */
  public Deadline share(double share) {
    return in(Duration.ofNanos((long) (left().toNanos() * share)));
  }

  /**
   * Runs something that may not end, in a thread of its own, and waits for it until the deadline.
   *
   * @return false if it had not ended by then; it goes on in its thread, which does not keep the
   *     process alive
   */
  public boolean await(String what, Runnable stop) {
    Thread thread = new Thread(stop, "stop-" + what);
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join(Math.max(1, left().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
