package dev.tidegate.benchmarks.drift;

import com.sun.management.OperatingSystemMXBean;
import dev.tidegate.schemas.time.WallClock;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of threads at a moment.
 *
 * @param atSeconds the moment, by a clock of its own
 * @param seconds of the threads that were asked for
 * @param processSeconds of the process without any thread of Java's: collector and compiler
 */
record ThreadTimes(double atSeconds, double seconds, double processSeconds) {
  private static final double NANOS = 1e9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Times of living threads whose names hold a text. */
  static ThreadTimes now(String name) {
    long all = 0;
    long named = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread == null) {
        continue; // has just ended
      }
      long time = Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      all += time;
      named += thread.getThreadName().contains(name) ? time : 0;
    }
    return new ThreadTimes(
        WallClock.nanos() / NANOS, named / NANOS, (SYSTEM.getProcessCpuTime() - all) / NANOS);
  }
}
