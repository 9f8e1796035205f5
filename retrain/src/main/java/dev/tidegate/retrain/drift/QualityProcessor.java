package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.quality.QualityAlarm;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Vectors of one partition to alarms about faults; keeps the detectors in a store. */
final class QualityProcessor implements Processor<byte[], FeatureVector, String, DriftMeasurement> {
  static final String STORE = "vector-faults";
  static final String MONITOR = "quality-";

  // configuration
  private final QualityTopology.Watched watched;

  // runtime
  private @Nullable ProcessorContext<String, DriftMeasurement> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private VectorFaults faults;

  QualityProcessor(QualityTopology.Watched watched) {
    this.watched = watched;
    faults = new VectorFaults(watched);
  }

  @Override
  public void init(ProcessorContext<String, DriftMeasurement> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    faults = new VectorFaults(watched);
    byte[] kept = opened.get(watched.release());
    if (kept != null) {
      faults.restore(kept);
    }
  }

  @Override
  public void process(Record<byte[], FeatureVector> read) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    FeatureVector vector = read.value();
    if (out == null || kept == null || vector == null) {
      return;
    }
    boolean[] told = new boolean[1];
    faults.observe(
        vector,
        alarm -> {
          told[0] = true;
          out.forward(read.withKey(monitor(alarm) + ":" + alarm.subject()).withValue(of(alarm)));
        });
    if (told[0]) {
      faults.beginSpan();
    }
    kept.put(watched.release(), faults.bytes());
  }

  private static String monitor(QualityAlarm alarm) {
    return MONITOR + alarm.fault().name().toLowerCase(Locale.ROOT);
  }

  private DriftMeasurement of(QualityAlarm alarm) {
    return DriftMeasurement.newBuilder()
        .setMeasurementId(
            MeasurementId.of(
                monitor(alarm),
                alarm.subject(),
                watched.release(),
                faults.firstMs(),
                faults.lastMs()))
        .setMonitor(monitor(alarm))
        .setSubject(alarm.subject())
        .setRelease(watched.release())
        .setWindowStartMs(faults.firstMs())
        .setWindowEndMs(faults.lastMs())
        .setSamples(faults.samples())
        .setReferenceSamples(0)
        .setStatistic(alarm.change().statistic())
        .setThreshold(alarm.change().threshold())
        .setPValue(Double.NaN)
        .setDrifted(true)
        .build();
  }
}
