package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.quality.FieldExpectation;
import dev.tidegate.retrain.quality.QualityAlarm;
import dev.tidegate.retrain.quality.QualityMonitor;
import dev.tidegate.retrain.stream.StateVersion;
import dev.tidegate.schemas.event.FeatureVector;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Faults of one partition's vectors, and which vectors were seen since the last alarm. Mutable; not
 * thread safe.
 */
final class VectorFaults {
  private static final byte VERSION = 1;
  private static final @Nullable String[] NO_TEXTS = {};

  private final QualityTopology.Watched watched;
  private final QualityMonitor monitor;
  private final float[] values;
  private long samples;
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;

  VectorFaults(QualityTopology.Watched watched) {
    this.watched = watched;
    List<FieldExpectation> fields =
        watched.featureNames().stream()
            .map(
                name ->
                    new FieldExpectation(
                        name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, null))
            .toList();
    monitor = new QualityMonitor(fields, List.of(), watched.learning(), watched.runLength());
    values = new float[fields.size()];
  }

  /** Takes a vector; one of another catalogue is a fault, and nothing else of it is looked at. */
  void observe(FeatureVector vector, Consumer<QualityAlarm> alarms) {
    long timeMs = vector.getTransaction().getEventTimeMs();
    samples++;
    firstMs = Math.min(firstMs, timeMs);
    lastMs = Math.max(lastMs, timeMs);
    List<Float> given = vector.getValues();
    boolean asExpected =
        watched.featureDigest().equals(vector.getFeatureDigest()) && given.size() == values.length;
    monitor.shaped(asExpected, alarms);
    if (asExpected) {
      for (int f = 0; f < values.length; f++) {
        values[f] = given.get(f);
      }
      monitor.observe(values, NO_TEXTS, vector.getLate(), alarms);
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

  void restore(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "vectors' faults");
    samples = in.getLong();
    firstMs = in.getLong();
    lastMs = in.getLong();
    monitor.restore(in);
  }
}
