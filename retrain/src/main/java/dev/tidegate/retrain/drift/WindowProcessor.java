package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.event.DriftMeasurement;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Batches of counted scores to one reading a window; keeps the window in a store. */
final class WindowProcessor implements Processor<String, byte[], String, DriftMeasurement> {
  static final String STORE = "score-window";
  static final String MONITOR = "score-psi";
  static final String SUBJECT = "score";

  // configuration
  private final ScoreReference reference;
  private final DriftSettings settings;
  private final DriftMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, DriftMeasurement> context;
  private @Nullable KeyValueStore<String, byte[]> store;

  WindowProcessor(ScoreReference reference, DriftSettings settings, DriftMeter meter) {
    this.meter = meter;
    this.reference = reference;
    this.settings = settings;
  }

  @Override
  public void init(ProcessorContext<String, DriftMeasurement> started) {
    context = started;
    store = started.getStateStore(STORE);
  }

  @Override
  public void process(Record<String, byte[]> counted) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null || !reference.release().equals(counted.key())) {
      return;
    }
    byte[] before = kept.get(counted.key());
    ScoreWindow window = before == null ? new ScoreWindow() : ScoreWindow.of(before);
    ScoreTally full = window.add(ScoreBatch.of(counted.value()), settings.windowDecisions());
    kept.put(counted.key(), window.bytes());
    if (full != null) {
      out.forward(counted.withKey(MONITOR + ":" + SUBJECT).withValue(measure(full)));
    }
  }

  private DriftMeasurement measure(ScoreTally window) {
    CalibratedPsi.Reading reading = settings.psi().compare(reference.histogram(), window.counts());
    meter.read(reading);
    return DriftMeasurement.newBuilder()
        .setMeasurementId(
            MeasurementId.of(
                MONITOR, SUBJECT, reference.release(), window.firstMs(), window.lastMs()))
        .setMonitor(MONITOR)
        .setSubject(SUBJECT)
        .setRelease(reference.release())
        .setWindowStartMs(window.firstMs())
        .setWindowEndMs(window.lastMs())
        .setSamples(window.samples())
        .setReferenceSamples(reference.rows())
        .setStatistic(reading.psi())
        .setThreshold(reading.threshold())
        .setPValue(reading.pValue())
        .setDrifted(reading.drifted())
        .build();
  }
}
