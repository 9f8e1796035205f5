package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.EventClock;
import dev.tidegate.retrain.quality.QualityAlarm;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one partition to alarms about faults; keeps the detectors in a store, and what vectors
 * since showed in a {@link RowLog}. A vector far ahead of time is passed over ({@link EventClock}).
 */
final class QualityProcessor implements Processor<byte[], FeatureVector, String, DriftMeasurement> {
  static final String STORE = "vector-faults";
  static final String MONITOR = "quality-";

  // configuration
  private final QualityTopology.Watched watched;
  private final DriftMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, DriftMeasurement> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private @Nullable RowLog<String> log;
  private final List<DriftReading> owed = new ArrayList<>();
  private VectorFaults faults;
  private StreamAge age = new StreamAge();
  private EventClock clock = new EventClock();

  QualityProcessor(QualityTopology.Watched watched, DriftMeter meter) {
    this.watched = watched;
    this.meter = meter;
    faults = new VectorFaults(watched);
  }

  @Override
  public void init(ProcessorContext<String, DriftMeasurement> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    faults = new VectorFaults(watched);
    clock = new EventClock();
    byte[] kept = opened.get(watched.release());
    if (kept != null) {
      faults.restore(kept);
    }
    byte[] seen = opened.get(StreamAge.KEY);
    age = seen == null ? new StreamAge() : StreamAge.of(seen);
    RowLog<String> rows =
        new RowLog<>(
            opened::get, opened::put, text -> text, RowLog.name(watched.release()), RowLog.ENOUGH);
    // An alarm writes the state whole: among these there is one only under other settings.
    owed.clear();
    rows.open().forEach(row -> faults.take(row, alarm -> owed.add(of(alarm))));
    if (!owed.isEmpty()) {
      faults.beginSpan();
    }
    log = rows;
    letGo(opened, rows);
  }

  /**
   * Rows of releases before. Their states stay for a rollback, which then lacks what the last of
   * these showed: fewer vectors than a log holds.
   */
  private static void letGo(KeyValueStore<String, byte[]> opened, RowLog<String> rows) {
    List<String> others = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> kept = opened.all()) {
      while (kept.hasNext()) {
        String key = kept.next().key;
        if (RowLog.isOfOne(key) && !rows.holds(key)) {
          others.add(key);
        }
      }
    }
    others.forEach(opened::delete);
  }

  @Override
  public void process(Record<byte[], FeatureVector> read) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    RowLog<String> rows = log;
    FeatureVector vector = read.value();
    if (out == null || kept == null || rows == null || vector == null) {
      return;
    }
    long timeMs = vector.getTransaction().getEventTimeMs();
    if (!clock.takes(timeMs)) {
      meter.ahead();
      return;
    }
    if (age.see(timeMs, 1)) {
      kept.put(StreamAge.KEY, age.bytes());
    }
    byte[] seen = faults.look(vector, age.share(timeMs, watched.reachMs()) == 1);
    boolean[] told = {!owed.isEmpty()};
    owed.forEach(
        reading ->
            out.forward(read.withKey(reading.key()).withValue(reading.of(watched.release()))));
    owed.clear();
    faults.take(
        ByteBuffer.wrap(seen),
        alarm -> {
          told[0] = true;
          DriftReading reading = of(alarm);
          out.forward(read.withKey(reading.key()).withValue(reading.of(watched.release())));
        });
    if (told[0]) {
      faults.beginSpan();
    }
    if (rows.add(seen) || told[0]) {
      kept.put(watched.release(), faults.bytes());
      rows.taken();
    }
  }

  private DriftReading of(QualityAlarm alarm) {
    return new DriftReading(
        MONITOR + alarm.fault().name().toLowerCase(Locale.ROOT),
        alarm.subject(),
        new DriftReading.Window(faults.firstMs(), faults.lastMs(), faults.samples(), 0),
        DriftReading.Value.of(alarm.change().statistic(), alarm.change().threshold(), true));
  }
}
