package dev.tidegate.schemas.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The machine's clock: the one place that reads it. Everything else takes an {@link InstantSource},
 * so that tests and replays decide what time it is.
 */
public enum WallClock implements InstantSource {
  /** The clock itself; it has no state. */
  INSTANCE;

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  /** Nanoseconds of a monotonic clock with an arbitrary origin: for durations only. */
  public static long nanos() {
    return System.nanoTime();
  }
}
