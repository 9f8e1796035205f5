package dev.tidegate.retrain.request;

import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.metric.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts readings and requests, since the start. Thread safe. */
final class RequestMeter {
  private final Map<String, LongAdder> causes =
      Map.of(
          Cause.CONCEPT, new LongAdder(),
          Cause.FEATURE, new LongAdder(),
          Cause.SCHEDULE, new LongAdder());
  private final Map<String, LongAdder> readings = new ConcurrentHashMap<>();
  private final Map<String, Double> levels = new ConcurrentHashMap<>();
  private final LongAdder unreadable = new LongAdder();

  void read(DriftMeasurement reading) {
    String monitor = MonitorNames.of(reading);
    readings(monitor, reading.getDrifted()).increment();
    levels.put(monitor, reading.getStatistic() / reading.getThreshold());
  }

  private LongAdder readings(String monitor, boolean drifted) {
    return readings.computeIfAbsent(monitor + drifted, key -> new LongAdder());
  }

  void requested(String cause) {
    LongAdder counted = causes.get(cause);
    if (counted != null) {
      counted.increment();
    }
  }

  void unreadable() {
    unreadable.increment();
  }

  void bindTo(MeterRegistry registry) {
    StageMeters<RequestMeter> meters = new StageMeters<>(registry, this);
    causes.forEach(
        (cause, count) -> meters.counter(RequestMetric.REQUESTS, counts -> count.sum(), cause));
    for (String monitor : MonitorNames.ALL) {
      meters.counter(
          RequestMetric.READINGS,
          counts -> counts.readings(monitor, true).sum(),
          monitor,
          MonitorNames.DRIFTED);
      meters.counter(
          RequestMetric.READINGS,
          counts -> counts.readings(monitor, false).sum(),
          monitor,
          MonitorNames.STEADY);
      meters.gauge(
          RequestMetric.LEVEL, counts -> counts.levels.getOrDefault(monitor, Double.NaN), monitor);
    }
    meters.counter(RequestMetric.UNREADABLE, counts -> counts.unreadable.sum());
  }
}
