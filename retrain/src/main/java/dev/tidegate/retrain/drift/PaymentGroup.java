package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whose payment one is, on its way from its vector to its decision.
 *
 * @param timeMs event time of the payment
 * @param transactionId the payment
 * @param group its value of the part that groups are told apart by
 */
record PaymentGroup(long timeMs, String transactionId, String group) {
  private static final byte VERSION = 1;
  private static final char AFTER_PART = '\n';

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

  /** A group as it is kept while its payment waits: with the part of the payment that it is of. */
  static String kept(PaymentPart by, String group) {
    return by.name() + AFTER_PART + group;
  }

  /**
   * The group of what is kept.
   *
   * @param by part of the payment that groups are told apart by now; null for none
   * @return empty where none is known of that part; what an older program kept names no part
   */
  static String of(@Nullable PaymentPart by, String kept) {
    int end = kept.indexOf(AFTER_PART);
    if (by == null || kept.isEmpty()) {
      return "";
    }
    return end < 0 || kept.substring(0, end).equals(by.name()) ? kept.substring(end + 1) : "";
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
