package dev.tidegate.ingest.publish;

import dev.tidegate.ingest.door.Reason;
import dev.tidegate.schemas.metric.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** A feed's figures as meters. Thread safe. */
final class FeedMeter {
  private static final double MILLIS_A_SECOND = 1e3;

  private final Map<String, LongAdder> rejected = new TreeMap<>();

  FeedMeter() {
    for (Reason reason : Reason.values()) {
      rejected.put(reason.code(), new LongAdder());
    }
  }

  /** Counts a rejection by its reason's code. */
  void rejected(String code) {
    LongAdder count = rejected.get(code);
    if (count != null) {
      count.increment();
    }
  }

  private long rejections(Reason reason) {
    LongAdder count = rejected.get(reason.code());
    return count == null ? 0 : count.sum();
  }

  /** Shows a door's figures in a registry from now on. */
  static void bind(KafkaDoor door, FeedMeter meter, MeterRegistry registry) {
    StageMeters<KafkaDoor> meters = new StageMeters<>(registry, door);
    meters.counter(IngestMetric.TRANSACTIONS, feed -> feed.progress().published());
    meters.counter(IngestMetric.LABELS, feed -> feed.progress().labels());
    meters.counter(IngestMetric.DUPLICATES, feed -> feed.progress().duplicates());
    meters.counter(IngestMetric.SKIPPED, feed -> feed.progress().skipped());
    meters.gauge(IngestMetric.EVENT_TIME, feed -> seconds(feed.progress().newestEventMs()));
    StageMeters<FeedMeter> reasons = new StageMeters<>(registry, meter);
    for (Reason reason : Reason.values()) {
      reasons.counter(IngestMetric.REJECTED, counts -> counts.rejections(reason), reason.code());
    }
  }

  private static double seconds(long timeMs) {
    return timeMs == Long.MIN_VALUE ? Double.NaN : timeMs / MILLIS_A_SECOND;
  }
}
