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
  private StreamAge age = new StreamAge();

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
    byte[] seen = opened.get(StreamAge.KEY);
    age = seen == null ? new StreamAge() : StreamAge.of(seen);
  }

  @Override
  public void process(Record<String, byte[]> batch) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null || !release.equals(batch.key())) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(batch.value());
    boolean aged = false;
    while (in.hasRemaining()) {
      Observation observation = Observation.read(in);
      aged |= observation.kind() == Observation.Kind.DECIDED && age.see(observation.timeMs(), 1);
      monitors.observe(
          observation,
          age,
          reading -> out.forward(batch.withKey(reading.key()).withValue(reading.of(release))));
    }
    if (aged) {
      kept.put(StreamAge.KEY, age.bytes());
    }
    kept.put(release, monitors.bytes());
  }
}
