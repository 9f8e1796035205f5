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
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The monitors of outcomes with the span of what each has seen since its last reading. Mutable; not
 * thread safe.
 */
final class OutcomeMonitors {
  private static final byte VERSION = 1;
  private static final Set<Observation.Kind> SPANNED =
      EnumSet.of(Observation.Kind.MATURED, Observation.Kind.DISPOSED, Observation.Kind.DECIDED);

  private final ConceptMonitor concept;
  private final RateDetector alerts;
  private final OutcomePanels panels;
  private final int readingEach;
  private final long reachMs;
  private final Map<Observation.Kind, Span> spans = new EnumMap<>(Observation.Kind.class);

  OutcomeMonitors(OutcomeSettings settings) {
    OutcomeSettings.Detectors promised = settings.detectors();
    concept =
        new ConceptMonitor(
            promised.labelRunLength(), promised.dispositionRunLength(), promised.learning());
    alerts =
        new RateDetector(
            EnumSet.allOf(Direction.class), promised.learning(), promised.alertRunLength());
    panels = new OutcomePanels(promised.panels());
    readingEach = settings.readingEach();
    reachMs = promised.reachMs();
    for (Observation.Kind kind : SPANNED) {
      spans.put(kind, new Span());
    }
  }

  /**
   * Takes an observation; readings are alarms, and how monitors stand once in a while.
   *
   * @param stream how old the stream is; sees what was decided
   */
  void observe(Observation observation, StreamAge stream, Consumer<DriftReading> readings) {
    panels.observe(observation, readings);
    Span span = spans.get(observation.kind());
    if (span == null) {
      return;
    }
    span.add(observation.timeMs());
    double seen = stream.share(observation.timeMs(), reachMs);
    DriftReading alarm =
        switch (observation.kind()) {
          case MATURED -> told(concept.matured(observation.score(), observation.positive()), span);
          case DISPOSED -> told(concept.disposed(observation.positive()), span);
          case DECIDED -> seen < 1 ? null : told(alerts.observe(observation.positive()), span);
          case GROUPED -> null;
        };
    if (alarm != null) {
      readings.accept(alarm);
      span.clear();
    } else if (span.samples >= readingEach) {
      stand(observation.kind(), span, seen, readings);
      span.clear();
    }
  }

  private static @Nullable DriftReading told(ConceptMonitor.@Nullable Drift drift, Span span) {
    if (drift == null) {
      return null;
    }
    Subject subject =
        drift.stream() == ConceptMonitor.Stream.MATURED_LABELS
            ? Subject.CALIBRATION
            : Subject.PRECISION;
    return reading(
        subject, span, DriftReading.Value.of(drift.statistic(), drift.threshold(), true));
  }

  private static @Nullable DriftReading told(RateDetector.@Nullable Alarm alarm, Span span) {
    return alarm == null
        ? null
        : reading(
            alarm.direction() == Direction.RISE ? Subject.ALERTS_RISE : Subject.ALERTS_FALL,
            span,
            DriftReading.Value.of(alarm.statistic(), alarm.threshold(), true));
  }

  private void stand(
      Observation.Kind kind, Span span, double seen, Consumer<DriftReading> readings) {
    switch (kind) {
      case MATURED ->
          readings.accept(
              reading(
                  Subject.CALIBRATION,
                  span,
                  DriftReading.Value.of(
                      concept.calibration().statistic(),
                      concept.calibration().threshold(),
                      false)));
      case DISPOSED ->
          readings.accept(
              reading(Subject.PRECISION, span, standing(concept.precision(), Direction.FALL, 1)));
      case DECIDED -> {
        readings.accept(reading(Subject.ALERTS_RISE, span, standing(alerts, Direction.RISE, seen)));
        readings.accept(reading(Subject.ALERTS_FALL, span, standing(alerts, Direction.FALL, seen)));
      }
      case GROUPED -> {
        // told by the panel
      }
    }
  }

  private static DriftReading.Value standing(
      RateDetector detector, Direction direction, double seen) {
    double threshold = detector.threshold(direction);
    return seen < 1
        ? DriftReading.Value.filling(threshold, seen)
        : DriftReading.Value.of(detector.statistic(direction), threshold, false);
  }

  private static DriftReading reading(Subject subject, Span span, DriftReading.Value value) {
    return new DriftReading(
        subject.monitor,
        subject.text,
        new DriftReading.Window(span.firstMs, span.lastMs, span.samples, 0),
        value);
  }

  byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(
            1
                + concept.byteSize()
                + alerts.byteSize()
                + spans.size() * Span.BYTES
                + panels.byteSize());
    out.put(VERSION);
    concept.write(out);
    alerts.write(out);
    spans.values().forEach(span -> span.write(out));
    panels.write(out);
    return out.array();
  }

  void restore(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "outcome monitors");
    concept.restore(in);
    alerts.restore(in);
    spans.values().forEach(span -> span.restore(in));
    panels.restore(in);
  }

  /** What a reading is about. */
  private enum Subject {
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
  }

  /** Observations since the last reading. */
  private static final class Span {
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
