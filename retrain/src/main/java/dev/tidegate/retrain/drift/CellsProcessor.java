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
 * are not handed on yet in a {@link RowLog}, a byte a feature: to write all counts with each vector
 * would cost ninety times as much. A batch ends when it is full or with the first vector of another
 * hour. A vector far ahead of time is passed over ({@link EventClock}).
 */
final class CellsProcessor implements Processor<byte[], FeatureVector, String, byte[]> {
  static final String STORE = "feature-cells";
  static final int BATCH = 256;
  // A program before the log had rows under their number alone, with mark and hour before cells.
  private static final int OLD_KEY_BYTES = Integer.BYTES;
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
  private @Nullable RowLog<Bytes> log;
  private @Nullable HourCounts counts;

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
    byte[] reached = opened.get(CLOCK);
    clock = reached == null ? new EventClock() : EventClock.at(ByteBuffer.wrap(reached).getLong());
    counts = null;
    RowLog<Bytes> rows = RowLog.inBytes(opened::get, opened::put, watched.release(), BATCH);
    rows.open().forEach(this::count);
    log = rows;
    letGo(opened, rows);
  }

  /** Of what another release left: bins and categories are each release's own. */
  private void letGo(KeyValueStore<Bytes, byte[]> opened, RowLog<Bytes> rows) {
    List<KeyValue<Bytes, byte[]>> others = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> kept = opened.all()) {
      while (kept.hasNext()) {
        KeyValue<Bytes, byte[]> row = kept.next();
        if (!row.key.equals(CLOCK) && !rows.holds(row.key)) {
          others.add(row);
        }
      }
    }
    for (KeyValue<Bytes, byte[]> other : others) {
      ByteBuffer old = ByteBuffer.wrap(other.value);
      if (other.key.get().length == OLD_KEY_BYTES && old.getLong() == mark) {
        ByteBuffer row = old.slice();
        byte[] again = new byte[row.remaining()];
        row.duplicate().get(again);
        rows.add(again);
        count(row);
      }
      opened.delete(other.key);
    }
  }

  /** Counts a row: its hour, then its cells. All that are not handed on yet are of one hour. */
  private void count(ByteBuffer row) {
    long of = row.getLong();
    byte[] cells = new byte[row.remaining()];
    row.get(cells);
    countsOf(of).add(cells);
  }

  private HourCounts countsOf(long hour) {
    HourCounts now = counts;
    if (now == null || now.hour() != hour) {
      now = new HourCounts(hour, watched.all());
      counts = now;
    }
    return now;
  }

  @Override
  public void process(Record<byte[], FeatureVector> read) {
    KeyValueStore<Bytes, byte[]> kept = store;
    RowLog<Bytes> rows = log;
    FeatureVector vector = read.value();
    if (kept == null
        || rows == null
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
    if (counts == null || counts.hour() != at) {
      flush(read, rows, at);
      kept.put(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(clock.nowMs()).array());
    }
    byte[] cells = cells(vector);
    countsOf(at).add(cells);
    if (rows.add(ByteBuffer.allocate(Long.BYTES + cells.length).putLong(at).put(cells).array())) {
      flush(read, rows, at);
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

  private void flush(Record<byte[], FeatureVector> read, RowLog<Bytes> rows, long reached) {
    ProcessorContext<String, byte[]> out = context;
    HourCounts full = counts;
    if (out == null || full == null || full.rows() == 0) {
      return;
    }
    ByteBuffer batch = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + full.byteSize());
    batch.putInt(out.taskId().partition()).putLong(reached);
    full.write(batch);
    counts = new HourCounts(full.hour(), watched.all());
    rows.taken();
    out.forward(read.withKey(watched.release()).withValue(batch.array()));
  }
}
