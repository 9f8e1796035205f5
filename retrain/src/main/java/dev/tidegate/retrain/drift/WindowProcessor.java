package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.event.DriftMeasurement;
import java.util.Arrays;
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
    ScoreBatch batch = ScoreBatch.of(counted.value());
    byte[] age = kept.get(StreamAge.KEY);
    StreamAge stream = age == null ? new StreamAge() : StreamAge.of(age);
    if (stream.see(batch.tally().lastMs(), batch.tally().samples())) {
      kept.put(StreamAge.KEY, stream.bytes());
    }
    ScoreTally full = window.add(batch, settings.windowDecisions());
    kept.put(counted.key(), window.bytes());
    if (full != null) {
      long[] against = reference.histogram(full.firstMs(), full.lastMs());
      DriftReading reading =
          new DriftReading(MONITOR, SUBJECT, window(full, against), value(full, against, stream));
      out.forward(counted.withKey(reading.key()).withValue(reading.of(reference.release())));
    }
  }

  private static DriftReading.Window window(ScoreTally full, long[] against) {
    return new DriftReading.Window(
        full.firstMs(), full.lastMs(), full.samples(), Arrays.stream(against).sum());
  }

  private DriftReading.Value value(ScoreTally full, long[] against, StreamAge stream) {
    double seen = stream.share(full.firstMs(), settings.reachMs());
    if (seen < 1) {
      meter.filling();
      return DriftReading.Value.filling(settings.psi().floor(), seen);
    }
    CalibratedPsi.Reading reading = settings.psi().compare(against, full.counts());
    meter.read(reading);
    return new DriftReading.Value(
        reading.psi(), reading.threshold(), reading.pValue(), reading.drifted(), null);
  }
}
