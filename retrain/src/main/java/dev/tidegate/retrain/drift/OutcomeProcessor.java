package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.event.DriftMeasurement;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Batches of observations of all partitions to readings; keeps the monitors in a store. */
final class OutcomeProcessor implements Processor<String, byte[], String, DriftMeasurement> {
  static final String STORE = "outcome-monitors";

  // configuration
  private final String release;
  private final OutcomeSettings settings;

  // runtime
  private @Nullable ProcessorContext<String, DriftMeasurement> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private OutcomeMonitors monitors;

  OutcomeProcessor(String release, OutcomeSettings settings) {
    this.release = release;
    this.settings = settings;
    monitors = new OutcomeMonitors(settings);
  }

  @Override
  public void init(ProcessorContext<String, DriftMeasurement> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    monitors = new OutcomeMonitors(settings);
    byte[] kept = opened.get(release);
    if (kept != null) {
      monitors.restore(kept);
    }
  }

  @Override
  public void process(Record<String, byte[]> batch) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null || !release.equals(batch.key())) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(batch.value());
    while (in.remaining() >= Observation.BYTES) {
      monitors.observe(
          Observation.read(in),
          reading ->
              out.forward(
                  batch
                      .withKey(reading.subject().monitor() + ":" + reading.subject().text())
                      .withValue(measurement(reading))));
    }
    kept.put(release, monitors.bytes());
  }

  private DriftMeasurement measurement(OutcomeMonitors.Reading reading) {
    OutcomeMonitors.Subject subject = reading.subject();
    OutcomeMonitors.Span span = reading.span();
    return DriftMeasurement.newBuilder()
        .setMeasurementId(
            MeasurementId.of(
                subject.monitor(), subject.text(), release, span.firstMs(), span.lastMs()))
        .setMonitor(subject.monitor())
        .setSubject(subject.text())
        .setRelease(release)
        .setWindowStartMs(span.firstMs())
        .setWindowEndMs(span.lastMs())
        .setSamples(span.samples())
        .setReferenceSamples(0)
        .setStatistic(reading.statistic())
        .setThreshold(reading.threshold())
        .setPValue(Double.NaN)
        .setDrifted(reading.drifted())
        .build();
  }
}
