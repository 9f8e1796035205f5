package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Whose payment one is, on its way from its vector to its decision.
 *
 * @param timeMs event time of the payment
 * @param transactionId the payment
 * @param group its value of the part that groups are told apart by
 */
record PaymentGroup(long timeMs, String transactionId, String group) {
  private static final byte VERSION = 1;

  byte[] bytes() {
    byte[] id = transactionId.getBytes(StandardCharsets.UTF_8);
    byte[] name = group.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + id.length + name.length)
        .put(VERSION)
        .putLong(timeMs)
        .putInt(id.length)
        .put(id)
        .put(name)
        .array();
  }

  static PaymentGroup of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "group of a payment");
    long timeMs = in.getLong();
    byte[] id = new byte[in.getInt()];
    in.get(id);
    byte[] name = new byte[in.remaining()];
    in.get(name);
    return new PaymentGroup(
        timeMs, new String(id, StandardCharsets.UTF_8), new String(name, StandardCharsets.UTF_8));
  }
}
