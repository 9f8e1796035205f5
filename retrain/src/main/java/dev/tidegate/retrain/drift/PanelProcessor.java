package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stability.HourCounts;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stability.StabilityReading;
import dev.tidegate.schemas.event.DriftMeasurement;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts of all partitions to readings: each hour one of the whole panel, which says how far the
 * feature that moved most is over its threshold, and one of each feature that stands out or has
 * just ceased to. A feature is called drift once it stood out for as many hours in a row as the
 * panel asks for.
 */
final class PanelProcessor implements Processor<String, byte[], String, DriftMeasurement> {
  static final String STORE = "feature-hours";
  static final String PANEL = "feature-panel";
  static final String MOST = "most-moved";
  static final String FEATURE = "feature-psi";

  // configuration
  private final StabilityTopology.Watched watched;

  // runtime
  private @Nullable ProcessorContext<String, DriftMeasurement> context;
  private @Nullable KeyValueStore<String, byte[]> store;
  private HourPanel hours;
  private StreamAge age = new StreamAge();

  PanelProcessor(StabilityTopology.Watched watched) {
    this.watched = watched;
    hours = new HourPanel(watched);
  }

  @Override
  public void init(ProcessorContext<String, DriftMeasurement> started) {
    context = started;
    KeyValueStore<String, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    hours = new HourPanel(watched);
    byte[] kept = opened.get(watched.release());
    if (kept != null) {
      hours.restore(kept);
    }
    byte[] seen = opened.get(StreamAge.KEY);
    age = seen == null ? new StreamAge() : StreamAge.of(seen);
  }

  @Override
  public void process(Record<String, byte[]> batch) {
    ProcessorContext<String, DriftMeasurement> out = context;
    KeyValueStore<String, byte[]> kept = store;
    if (out == null || kept == null || !watched.release().equals(batch.key())) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(batch.value());
    int partition = in.getInt();
    long reached = in.getLong();
    HourCounts counts = HourCounts.read(in, watched.all());
    long startMs = counts.hour() * HourOfWeek.HOUR_MS;
    if (age.see(startMs, counts.rows())) {
      kept.put(StreamAge.KEY, age.bytes());
    }
    for (HourPanel.Ended ended : hours.add(partition, reached, counts, at -> seen(at) == 1)) {
      tell(
          ended,
          reading ->
              out.forward(batch.withKey(reading.key()).withValue(reading.of(watched.release()))));
    }
    kept.put(watched.release(), hours.bytes());
  }

  private double seen(long atMs) {
    return age.share(atMs, watched.how().reachMs());
  }

  private void tell(HourPanel.Ended ended, Consumer<DriftReading> readings) {
    long startMs = ended.hour() * HourOfWeek.HOUR_MS;
    double seen = seen(startMs);
    if (seen < 1) {
      readings.accept(panel(ended, DriftReading.Value.filling(1, seen)));
      return;
    }
    ended.features().stream()
        .max(Comparator.comparingDouble(PanelProcessor::level))
        .ifPresent(
            most ->
                readings.accept(
                    panel(
                        ended, DriftReading.Value.of(level(most), 1, drifted(ended.features())))));
    for (StabilityReading feature : ended.notable()) {
      readings.accept(
          new DriftReading(
              FEATURE,
              feature.feature(),
              window(ended),
              new DriftReading.Value(
                  feature.psi(), feature.threshold(), feature.pValue(), drifted(feature), null)));
    }
  }

  private static DriftReading panel(HourPanel.Ended ended, DriftReading.Value value) {
    return new DriftReading(PANEL, MOST, window(ended), value);
  }

  private static DriftReading.Window window(HourPanel.Ended ended) {
    long startMs = ended.hour() * HourOfWeek.HOUR_MS;
    return new DriftReading.Window(startMs, startMs + HourOfWeek.HOUR_MS - 1, ended.rows(), 0);
  }

  private static double level(StabilityReading feature) {
    return feature.psi() / feature.threshold();
  }

  private boolean drifted(List<StabilityReading> features) {
    return features.stream().anyMatch(this::drifted);
  }

  private boolean drifted(StabilityReading feature) {
    return feature.streak() >= watched.how().panel().persistence();
  }
}
