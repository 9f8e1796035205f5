package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.quality.QualityAlarm;
import dev.tidegate.retrain.quality.QualityMonitor;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stream.StateVersion;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.nio.ByteBuffer;
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
   * Takes a vector; one of another catalogue is a fault, and nothing else of it is looked at.
   *
   * @param filled whether the stream fills the windows of features
   */
  void observe(FeatureVector vector, boolean filled, Consumer<QualityAlarm> alarms) {
    Transaction payment = vector.getTransaction();
    samples++;
    firstMs = Math.min(firstMs, payment.getEventTimeMs());
    lastMs = Math.max(lastMs, payment.getEventTimeMs());
    List<Float> given = vector.getValues();
    boolean asExpected =
        watched.featureDigest().equals(vector.getFeatureDigest()) && given.size() == values.length;
    monitor.shaped(asExpected, alarms);
    if (!asExpected) {
      return;
    }
    if (filled) {
      for (int f = 0; f < values.length; f++) {
        values[f] = given.get(f);
      }
      monitor.numbers(values, alarms);
    }
    for (int p = 0; p < texts.length; p++) {
      texts[p] = parts.get(p).of(payment);
    }
    monitor.texts(texts, alarms);
    monitor.late(vector.getLate(), alarms);
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
