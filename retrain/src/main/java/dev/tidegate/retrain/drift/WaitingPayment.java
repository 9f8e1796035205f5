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
 * @param by {@link ReleaseMark} of the release that decided; 0 while there is no decision, and of
 *     one that a program before version 2 wrote
 */
record WaitingPayment(double score, boolean fraud, boolean stopped, String group, long by) {
  private static final byte VERSION = 2;
  private static final byte WITHOUT_RELEASE = 1;
  private static final int FRAUD = 1;
  private static final int STOPPED = 2;

  /** Before anything is known. */
  static final WaitingPayment UNKNOWN = new WaitingPayment(Double.NaN, false);

  /** One that was let through, of no known group. */
  WaitingPayment(double score, boolean fraud) {
    this(score, fraud, false, "", 0);
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

  /** Whether a release decided it, as far as is known. */
  boolean decidedBy(long release) {
    return decided() && (by == release || by == 0);
  }

  WaitingPayment decided(double as, boolean stops, long release) {
    return new WaitingPayment(as, fraud, stops, group, release);
  }

  WaitingPayment labelled(boolean as) {
    return new WaitingPayment(score, as, stopped, group, by);
  }

  WaitingPayment of(String whose) {
    return new WaitingPayment(score, fraud, stopped, whose, by);
  }

  /** Flags, score and release in fixed places; the group's name is the rest. */
  byte[] bytes() {
    byte[] name = group.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + Double.BYTES + Long.BYTES + name.length)
        .put(VERSION)
        .put((byte) ((fraud ? FRAUD : 0) | (stopped ? STOPPED : 0)))
        .putDouble(score)
        .putLong(by)
        .put(name)
        .array();
  }

  static WaitingPayment of(byte[] bytes) {
    boolean without = bytes[0] == WITHOUT_RELEASE;
    byte version = without ? WITHOUT_RELEASE : VERSION;
    ByteBuffer in = StateVersion.expect(version, bytes, "waiting payment");
    byte flags = in.get();
    double score = in.getDouble();
    long by = without ? 0 : in.getLong();
    byte[] name = new byte[in.remaining()];
    in.get(name);
    return new WaitingPayment(
        score,
        (flags & FRAUD) != 0,
        (flags & STOPPED) != 0,
        new String(name, StandardCharsets.UTF_8),
        by);
  }
}
