package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.quality.QualityAlarm;
import dev.tidegate.retrain.quality.QualityMonitor;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stream.StateVersion;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Faults of one partition's vectors, and which vectors were seen since the last alarm. Features
 * count once the stream is old enough to fill their windows; parts of the payment, shape and
 * lateness from the first vector on. Mutable; not thread safe.
 */
final class VectorFaults {
  private static final byte VERSION = 2;
  private static final int AS_EXPECTED = 1;
  private static final int FILLED = 2;
  private static final int LATE = 4;
  private static final byte[] NOTHING = {};

  // configuration
  private final QualityTopology.Watched watched;
  private final List<PaymentPart> parts;

  // state
  private final QualityMonitor monitor;
  private long samples;
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;

  // runtime
  private final float[] values;
  private final @Nullable String[] texts;

  VectorFaults(QualityTopology.Watched watched) {
    this.watched = watched;
    QualityTopology.Fields fields = watched.fields();
    parts = fields.paymentParts();
    monitor =
        new QualityMonitor(
            fields.features(), fields.parts(), watched.learning(), watched.runLength());
    values = new float[fields.features().size()];
    texts = new String[parts.size()];
  }

  /**
   * What a vector shows, as far as monitors look at it: time, shape, lateness and which fields are
   * faulty. A vector of another catalogue is a fault, and nothing else of it is looked at.
   *
   * @param filled whether the stream fills the windows of features
   */
  byte[] look(FeatureVector vector, boolean filled) {
    List<Float> given = vector.getValues();
    boolean asExpected =
        watched.featureDigest().equals(vector.getFeatureDigest()) && given.size() == values.length;
    byte[] faults = asExpected ? faults(vector.getTransaction(), given) : NOTHING;
    int flags =
        (asExpected ? AS_EXPECTED : 0) | (filled ? FILLED : 0) | (vector.getLate() ? LATE : 0);
    return ByteBuffer.allocate(Long.BYTES + 1 + faults.length)
        .putLong(vector.getTransaction().getEventTimeMs())
        .put((byte) flags)
        .put(faults)
        .array();
  }

  private byte[] faults(Transaction payment, List<Float> given) {
    for (int f = 0; f < values.length; f++) {
      values[f] = given.get(f);
    }
    for (int p = 0; p < texts.length; p++) {
      texts[p] = parts.get(p).of(payment);
    }
    return monitor.faults(values, texts).toByteArray();
  }

  /** Takes what a vector showed. */
  void take(ByteBuffer seen, Consumer<QualityAlarm> alarms) {
    long timeMs = seen.getLong();
    byte flags = seen.get();
    samples++;
    firstMs = Math.min(firstMs, timeMs);
    lastMs = Math.max(lastMs, timeMs);
    boolean asExpected = (flags & AS_EXPECTED) != 0;
    monitor.shaped(asExpected, alarms);
    if (asExpected) {
      BitSet faults = BitSet.valueOf(seen);
      if ((flags & FILLED) != 0) {
        monitor.numbers(faults, alarms);
      }
      monitor.texts(faults, alarms);
      monitor.late((flags & LATE) != 0, alarms);
    }
  }

  /** Vectors since the last alarm. */
  long samples() {
    return samples;
  }

  /** Earliest event time since the last alarm. */
  long firstMs() {
    return firstMs;
  }

  /** Latest event time since the last alarm. */
  long lastMs() {
    return lastMs;
  }

  /** Begins a new span, after an alarm. */
  void beginSpan() {
    samples = 0;
    firstMs = Long.MAX_VALUE;
    lastMs = Long.MIN_VALUE;
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(1 + 3 * Long.BYTES + monitor.byteSize());
    out.put(VERSION).putLong(samples).putLong(firstMs).putLong(lastMs);
    monitor.write(out);
    return out.array();
  }

  /** Goes on from what was written; what knew no parts of payments is learned anew. */
  void restore(byte[] bytes) {
    if (bytes[0] < VERSION) {
      return;
    }
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "vectors' faults");
    samples = in.getLong();
    firstMs = in.getLong();
    lastMs = in.getLong();
    monitor.restore(in);
  }
}
