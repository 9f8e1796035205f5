package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.ConceptMonitor;
import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.RateDetector;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The monitors of outcomes with the span of what each has seen since its last reading. Mutable; not
 * thread safe.
 */
final class OutcomeMonitors {
  private static final byte VERSION = 1;

  private final ConceptMonitor concept;
  private final RateDetector alerts;
  private final int readingEach;
  private final Map<Observation.Kind, Span> spans = new EnumMap<>(Observation.Kind.class);

  OutcomeMonitors(OutcomeSettings settings) {
    OutcomeSettings.Detectors promised = settings.detectors();
    concept =
        new ConceptMonitor(
            promised.labelRunLength(), promised.dispositionRunLength(), promised.learning());
    alerts =
        new RateDetector(
            EnumSet.allOf(Direction.class), promised.learning(), promised.alertRunLength());
    readingEach = settings.readingEach();
    for (Observation.Kind kind : Observation.Kind.values()) {
      spans.put(kind, new Span());
    }
  }

  /** Takes an observation; readings are alarms, and how monitors stand once in a while. */
  void observe(Observation observation, Consumer<Reading> readings) {
    Span span = span(observation.kind());
    span.add(observation.timeMs());
    Reading alarm =
        switch (observation.kind()) {
          case MATURED -> told(concept.matured(observation.score(), observation.positive()), span);
          case DISPOSED -> told(concept.disposed(observation.positive()), span);
          case DECIDED -> told(alerts.observe(observation.positive()), span);
        };
    if (alarm != null) {
      readings.accept(alarm);
      span.clear();
    } else if (span.samples >= readingEach) {
      stand(observation.kind(), span, readings);
      span.clear();
    }
  }

  private Span span(Observation.Kind kind) {
    Span span = spans.get(kind);
    if (span == null) {
      throw new IllegalStateException("no span of " + kind);
    }
    return span;
  }

  private static @Nullable Reading told(ConceptMonitor.@Nullable Drift drift, Span span) {
    if (drift == null) {
      return null;
    }
    Subject subject =
        drift.stream() == ConceptMonitor.Stream.MATURED_LABELS
            ? Subject.CALIBRATION
            : Subject.PRECISION;
    return new Reading(subject, drift.statistic(), drift.threshold(), true, span.copy());
  }

  private static @Nullable Reading told(RateDetector.@Nullable Alarm alarm, Span span) {
    return alarm == null
        ? null
        : new Reading(
            alarm.direction() == Direction.RISE ? Subject.ALERTS_RISE : Subject.ALERTS_FALL,
            alarm.statistic(),
            alarm.threshold(),
            true,
            span.copy());
  }

  private void stand(Observation.Kind kind, Span span, Consumer<Reading> readings) {
    switch (kind) {
      case MATURED ->
          readings.accept(
              new Reading(
                  Subject.CALIBRATION,
                  concept.calibration().statistic(),
                  concept.calibration().threshold(),
                  false,
                  span.copy()));
      case DISPOSED ->
          readings.accept(rate(Subject.PRECISION, concept.precision(), Direction.FALL, span));
      case DECIDED -> {
        readings.accept(rate(Subject.ALERTS_RISE, alerts, Direction.RISE, span));
        readings.accept(rate(Subject.ALERTS_FALL, alerts, Direction.FALL, span));
      }
    }
  }

  private static Reading rate(
      Subject subject, RateDetector detector, Direction direction, Span span) {
    return new Reading(
        subject, detector.statistic(direction), detector.threshold(direction), false, span.copy());
  }

  byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(1 + concept.byteSize() + alerts.byteSize() + spans.size() * Span.BYTES);
    out.put(VERSION);
    concept.write(out);
    alerts.write(out);
    spans.values().forEach(span -> span.write(out));
    return out.array();
  }

  void restore(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "outcome monitors");
    concept.restore(in);
    alerts.restore(in);
    spans.values().forEach(span -> span.restore(in));
  }

  /** What a reading is about. */
  enum Subject {
    CALIBRATION("concept-calibration", "matured-labels"),
    PRECISION("alert-precision", "dispositions"),
    ALERTS_RISE("alert-rate", Direction.RISE.name().toLowerCase(Locale.ROOT)),
    ALERTS_FALL("alert-rate", Direction.FALL.name().toLowerCase(Locale.ROOT));

    private final String monitor;
    private final String text;

    Subject(String monitor, String text) {
      this.monitor = monitor;
      this.text = text;
    }

    String monitor() {
      return monitor;
    }

    String text() {
      return text;
    }
  }

  /** How a monitor stands. */
  record Reading(Subject subject, double statistic, double threshold, boolean drifted, Span span) {}

  /** Observations since the last reading. */
  static final class Span {
    private static final int BYTES = 3 * Long.BYTES;
    private long samples;
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;

    private void add(long timeMs) {
      samples++;
      firstMs = Math.min(firstMs, timeMs);
      lastMs = Math.max(lastMs, timeMs);
    }

    private void clear() {
      samples = 0;
      firstMs = Long.MAX_VALUE;
      lastMs = Long.MIN_VALUE;
    }

    private Span copy() {
      Span copy = new Span();
      copy.samples = samples;
      copy.firstMs = firstMs;
      copy.lastMs = lastMs;
      return copy;
    }

    long samples() {
      return samples;
    }

    long firstMs() {
      return firstMs;
    }

    long lastMs() {
      return lastMs;
    }

    private void write(ByteBuffer out) {
      out.putLong(samples).putLong(firstMs).putLong(lastMs);
    }

    private void restore(ByteBuffer in) {
      samples = in.getLong();
      firstMs = in.getLong();
      lastMs = in.getLong();
    }
  }
}
