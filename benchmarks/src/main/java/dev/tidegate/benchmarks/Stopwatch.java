package dev.tidegate.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.tidegate.schemas.time.WallClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Wall and processor time of this process since a moment. */
public final class Stopwatch {
  private static final double NANOS_A_SECOND = 1e9;
  private static final long PAUSE_NANOS = 2_000_000;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long begunNanos = WallClock.nanos();
  private final long begunCpuNanos = SYSTEM.getProcessCpuTime();

  /** Seconds that passed. */
  public double seconds() {
    return (WallClock.nanos() - begunNanos) / NANOS_A_SECOND;
  }

  /** Seconds of processor time that this process used, all threads together. */
  public double cpuSeconds() {
    return (SYSTEM.getProcessCpuTime() - begunCpuNanos) / NANOS_A_SECOND;
  }

  /**
   * Waits for a condition, asked every 2 ms.
   *
   * @return whether it came true within the limit
   */
  public static boolean await(Duration limit, BooleanSupplier condition) {
    long end = WallClock.nanos() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (WallClock.nanos() >= end) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return true;
  }
}
