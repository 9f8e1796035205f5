package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;

/**
 * Payments of a partition in a minute that is over, or an input that was rejected.
 *
 * @param partition whose minute it is; -1 for a rejected input
 * @param minute since 1970, of event time; the partition has gone past it
 * @param payments made in it, at least 0
 */
record MinuteCount(int partition, long minute, long payments) {
  /** Key of all: one task takes them. */
  static final String KEY = "inputs";

  /** An input that was rejected. */
  static final MinuteCount REJECTED = new MinuteCount(-1, 0, 0);

  private static final byte VERSION = 1;

  boolean rejected() {
    return partition < 0;
  }

  byte[] bytes() {
    return ByteBuffer.allocate(1 + Integer.BYTES + 2 * Long.BYTES)
        .put(VERSION)
        .putInt(partition)
        .putLong(minute)
        .putLong(payments)
        .array();
  }

  static MinuteCount of(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "payments of a minute");
    return new MinuteCount(in.getInt(), in.getLong(), in.getLong());
  }
}
