package dev.tidegate.benchmarks.drift;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * How many records a Kafka Streams application of this process has processed, as it says itself.
 */
final class ProcessedRecords {
  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

  private ProcessedRecords() {}

  /** Records of all its threads, those of its internal topics too; 0 while it has no thread. */
  static long of(String application) {
    try {
      ObjectName threads =
          new ObjectName(
              "kafka.streams:type=stream-thread-metrics,thread-id=" + application + "-*");
      double total = 0;
      for (ObjectName thread : BEANS.queryNames(threads, null)) {
        total += ((Number) BEANS.getAttribute(thread, "process-total")).doubleValue();
      }
      return Math.round(total);
    } catch (JMException e) {
      throw new IllegalStateException("Kafka Streams does not say what it processed", e);
    }
  }
}
