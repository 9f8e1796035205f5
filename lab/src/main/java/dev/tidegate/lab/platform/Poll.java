package dev.tidegate.lab.platform;

import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nobody announces. */
final class Poll {
  private static final long STEP_NANOS = 20_000_000L;

  private Poll() {}

  /**
   * Asks every 20 ms until the condition holds.
   *
   * @return false if it did not hold within the limit, or the thread was interrupted
   */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long deadline = WallClock.nanos() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (WallClock.nanos() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    return true;
  }
}
