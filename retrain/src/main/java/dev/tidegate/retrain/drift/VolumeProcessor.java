package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.event.DriftMeasurement;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Minutes of all partitions to readings; keeps the watch in a store, whatever release decides. */
final class VolumeProcessor implements Processor<String, byte[], String, DriftMeasurement> {
  static final String STORE = "volume";
  private static final String WATCH = "watch";

  // configuration
  private final VolumeTopology.Watched watched;

  // runtime
  private @Nullable ProcessorContext<String, DriftMeasurement> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private VolumeWatch watch;

  VolumeProcessor(VolumeTopology.Watched watched) {
    this.watched = watched;
    watch = new VolumeWatch(watched);
  }

  @Override
  public void init(ProcessorContext<String, DriftMeasurement> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    watch = VolumeWatch.of(watched, opened.get(WATCH));
  }

  @Override
  public void process(Record<String, byte[]> counted) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null) {
      return;
    }
    watch.take(
        MinuteCount.of(counted.value()),
        reading ->
            out.forward(counted.withKey(reading.key()).withValue(reading.of(watched.release()))));
    kept.put(WATCH, watch.bytes());
  }
}
