package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.EventClock;
import dev.tidegate.retrain.stability.HourCounts;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.StabilityPanel;
import dev.tidegate.schemas.event.FeatureVector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of one partition to counts by hour, feature and cell. Keeps the cells of the vectors that
 * are not handed on yet, a byte a feature: to write all counts with each vector would cost ninety
 * times as much. A batch ends when it is full or with the first vector of another hour. A vector
 * far ahead of time is passed over ({@link EventClock}).
 */
final class CellsProcessor implements Processor<byte[], FeatureVector, String, byte[]> {
  static final String STORE = "feature-cells";
  static final int BATCH = 256;
  private static final int HEAD = 2 * Long.BYTES;
  // Longer than the keys of rows.
  private static final Bytes CLOCK = Bytes.wrap("clock".getBytes(StandardCharsets.UTF_8));

  // configuration
  private final StabilityTopology.Watched watched;
  private final List<PaymentPart> parts;
  private final StabilityPanel panel;
  private final long mark;
  private final DriftMeter meter;

  // runtime
  private @Nullable ProcessorContext<String, byte[]> context;
  private @Nullable KeyValueStore<Bytes, byte[]> store;
  private EventClock clock = new EventClock();
  private final float[] values;
  private final @Nullable String[] texts;
  private long hour = Long.MIN_VALUE;
  private int pending;

  CellsProcessor(StabilityTopology.Watched watched, DriftMeter meter) {
    this.watched = watched;
    this.meter = meter;
    parts = watched.paymentParts();
    panel = watched.panel();
    mark = ReleaseMark.of(watched.release());
    values = new float[watched.places().size()];
    texts = new String[parts.size()];
  }

  @Override
  public void init(ProcessorContext<String, byte[]> started) {
    context = started;
    KeyValueStore<Bytes, byte[]> opened = started.getStateStore(STORE);
    store = opened;
    pending = 0;
    hour = Long.MIN_VALUE;
    byte[] reached = opened.get(CLOCK);
    clock = reached == null ? new EventClock() : EventClock.at(ByteBuffer.wrap(reached).getLong());
    List<Bytes> others = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> kept = opened.all()) {
      while (kept.hasNext()) {
        KeyValue<Bytes, byte[]> row = kept.next();
        if (row.key.equals(CLOCK)) {
          continue;
        }
        ByteBuffer cells = ByteBuffer.wrap(row.value);
        if (cells.getLong() == mark) {
          hour = cells.getLong();
          pending++;
        } else {
          // Cells of another release: bins and categories are each release's own.
          others.add(row.key);
        }
      }
    }
    others.forEach(opened::delete);
  }

  @Override
  public void process(Record<byte[], FeatureVector> read) {
    KeyValueStore<Bytes, byte[]> kept = store;
    FeatureVector vector = read.value();
    if (kept == null
        || vector == null
        || !watched.featureDigest().equals(vector.getFeatureDigest())) {
      return;
    }
    long timeMs = vector.getTransaction().getEventTimeMs();
    if (!clock.takes(timeMs)) {
      meter.ahead();
      return;
    }
    long at = HourOfWeek.index(timeMs);
    if (at != hour) {
      flush(read, kept, at);
      hour = at;
      kept.put(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(clock.nowMs()).array());
    }
    byte[] cells = cells(vector);
    kept.put(
        key(pending++),
        ByteBuffer.allocate(HEAD + cells.length).putLong(mark).putLong(at).put(cells).array());
    if (pending >= BATCH) {
      flush(read, kept, at);
    }
  }

  private byte[] cells(FeatureVector vector) {
    for (int f = 0; f < values.length; f++) {
      values[f] = vector.getValues().get(watched.places().get(f));
    }
    for (int p = 0; p < texts.length; p++) {
      texts[p] = parts.get(p).of(vector.getTransaction());
    }
    return panel.cells(values, texts);
  }

  private static Bytes key(int row) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(row).array());
  }

  private void flush(
      Record<byte[], FeatureVector> read, KeyValueStore<Bytes, byte[]> kept, long reached) {
    ProcessorContext<String, byte[]> out = context;
    if (out == null || pending == 0) {
      return;
    }
    HourCounts counts = new HourCounts(hour, watched.all());
    List<Bytes> gone = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> rows = kept.all()) {
      while (rows.hasNext()) {
        KeyValue<Bytes, byte[]> row = rows.next();
        if (row.key.equals(CLOCK)) {
          continue;
        }
        byte[] cells = new byte[row.value.length - HEAD];
        ByteBuffer.wrap(row.value).position(HEAD).get(cells);
        counts.add(cells);
        gone.add(row.key);
      }
    }
    gone.forEach(kept::delete);
    pending = 0;
    ByteBuffer batch = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + counts.byteSize());
    batch.putInt(out.taskId().partition()).putLong(reached);
    counts.write(batch);
    out.forward(read.withKey(watched.release()).withValue(batch.array()));
  }
}
