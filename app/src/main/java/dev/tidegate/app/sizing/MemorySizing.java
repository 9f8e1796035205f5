package dev.tidegate.app.sizing;

import dev.tidegate.app.sizing.Sizing.Load;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory of those stages that hold payments on their heaps, and of brokers. A heap has twice what
 * lives on it, so that its collector has room; beside it a process takes a GiB.
 */
final class MemorySizing {
  /** Brokers that topics of {@link Sizing#COPIES} copies need. */
  static final int BROKERS = 3;

  /**
   * Heap of a broker: Kafka's documentation starts brokers with 6 GiB (Operations, Java version).
   */
  static final long BROKER_HEAP = 6L << 30;

  /** What is written within so long stays in the page cache (Kafka, Operations, Hardware). */
  static final int BROKER_BUFFER_SECONDS = 30;

  /** Payments of a canary that wait at a time at most; TrialBook's bound. */
  static final long TRIAL_PAYMENTS = 1_000_000;

  /**
   * A trial's newest ids, 100,000 of 130 bytes, and four times as many payers' days of 70, by the
   * sizes of their objects.
   */
  static final long TRIAL_IDS = 41_000_000;

  /** First and last times of an account, beside the graph: by the sizes of their arrays. */
  static final long ACCOUNT_TIMES = 40;

  private static final long PROCESS = 1L << 30;
  private static final double ROOM = 2;
  private static final long DAY_SECONDS = 86_400;

  private MemorySizing() {}

  /** Bytes by stage, and of each broker; of what was measured. */
  static Map<String, Long> of(Load load, Costs costs) {
    Map<String, Long> bytes = new TreeMap<>();
    MemoryCosts heaps = costs.memory();
    double tps = load.paymentsPerSecond();
    if (heaps != null) {
      Load.Spans spans = load.spans();
      bytes.put(
          "graph-aml",
          process(
              tps * spans.graphSeconds() * heaps.graphPayment()
                  + load.cards() * (heaps.graphAccount() + ACCOUNT_TIMES)));
      bytes.put(
          "monitors", process(tps * (spans.labelSeconds() + DAY_SECONDS) * heaps.waitingPayment()));
      double waiting = Math.min(TRIAL_PAYMENTS, tps * spans.labelSeconds());
      bytes.put("trials", process(waiting * heaps.trialPayment() + TRIAL_IDS));
    }
    if (!costs.bytesAPayment().isEmpty()) {
      double written =
          tps * costs.bytesAPayment().values().stream().mapToDouble(Double::doubleValue).sum();
      bytes.put(
          "broker",
          BROKER_HEAP
              + (long) Math.ceil(BROKER_BUFFER_SECONDS * written * Sizing.COPIES / BROKERS));
    }
    return bytes;
  }

  private static long process(double living) {
    return PROCESS + (long) Math.ceil(ROOM * living);
  }
}
