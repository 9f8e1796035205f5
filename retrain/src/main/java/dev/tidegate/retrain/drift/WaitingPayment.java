package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * What is known so far of a payment whose label has not matured.
 *
 * @param score of its decision; NaN while only a label or a group is known
 * @param fraud whether a label known in time said so
 * @param stopped whether its decision did
 * @param group whose payment it is; empty while that is not known
 */
record WaitingPayment(double score, boolean fraud, boolean stopped, String group) {
  private static final byte VERSION = 1;
  private static final int FRAUD = 1;
  private static final int STOPPED = 2;

  /** Before anything is known. */
  static final WaitingPayment UNKNOWN = new WaitingPayment(Double.NaN, false);

  /** One that was let through, of no known group. */
  WaitingPayment(double score, boolean fraud) {
    this(score, fraud, false, "");
  }

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

  WaitingPayment decided(double by, boolean stops) {
    return new WaitingPayment(by, fraud, stops, group);
  }

  WaitingPayment labelled(boolean as) {
    return new WaitingPayment(score, as, stopped, group);
  }

  WaitingPayment of(String whose) {
    return new WaitingPayment(score, fraud, stopped, whose);
  }

  /** The group follows what the first program wrote, and so does not change its version. */
  byte[] bytes() {
    byte[] name = group.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + Double.BYTES + name.length)
        .put(VERSION)
        .put((byte) ((fraud ? FRAUD : 0) | (stopped ? STOPPED : 0)))
        .putDouble(score)
        .put(name)
        .array();
  }

  static WaitingPayment of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "waiting payment");
    byte flags = in.get();
    double score = in.getDouble();
    byte[] name = new byte[in.remaining()];
    in.get(name);
    return new WaitingPayment(
        score,
        (flags & FRAUD) != 0,
        (flags & STOPPED) != 0,
        new String(name, StandardCharsets.UTF_8));
  }
}
