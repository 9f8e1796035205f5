package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * What is known so far of a payment whose label has not matured.
 *
 * @param score of its decision; NaN while only a label is known
 * @param fraud whether a label known in time said so
 */
record WaitingPayment(double score, boolean fraud) {
  private static final byte VERSION = 1;

  /** Before anything is known. */
  static final WaitingPayment UNKNOWN = new WaitingPayment(Double.NaN, false);

  /** Key in the store: payments lie in order of time. */
  static Bytes key(long eventTimeMs, String transactionId) {
    byte[] id = transactionId.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + id.length).putLong(eventTimeMs).put(id).array());
  }

  /** The key before all payments of a time. */
  static Bytes before(long eventTimeMs) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(Math.max(0, eventTimeMs)).array());
  }

  static long timeMs(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong();
  }

  boolean decided() {
    return !Double.isNaN(score);
  }

  WaitingPayment decided(double by) {
    return new WaitingPayment(by, fraud);
  }

  WaitingPayment labelled(boolean as) {
    return new WaitingPayment(score, as);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(2 + Double.BYTES)
        .put(VERSION)
        .put((byte) (fraud ? 1 : 0))
        .putDouble(score)
        .array();
  }

  static WaitingPayment of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "waiting payment");
    boolean fraud = in.get() == 1;
    return new WaitingPayment(in.getDouble(), fraud);
  }
}
