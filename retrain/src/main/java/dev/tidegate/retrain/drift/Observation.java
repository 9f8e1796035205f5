package dev.tidegate.retrain.drift;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One thing that a monitor looks at.
 *
 * @param kind which monitor
 * @param timeMs event time of the payment
 * @param score calibrated score of its decision; 0 where the monitor needs none
 * @param positive fraud, or stopped
 * @param stopped whether the payment was stopped, where {@code positive} says something else
 * @param group whose payment it is; empty where groups are not told apart
 */
record Observation(
    Kind kind, long timeMs, double score, boolean positive, boolean stopped, String group) {
  private static final int LEAST = 2 + Long.BYTES + Double.BYTES;
  private static final int POSITIVE = 1;
  private static final int STOPPED = 2;
  private static final int GROUPED = 4;

  /** One that names no group. */
  Observation(Kind kind, long timeMs, double score, boolean positive) {
    this(kind, timeMs, score, positive, false, "");
  }

  /** Monitors of outcomes. */
  enum Kind {
    /** A payment whose label has matured. */
    MATURED(1),
    /** An analyst's disposition of an alert. */
    DISPOSED(2),
    /** A decision: stopped or let through. */
    DECIDED(3),
    /** A decision whose payment's group is known. */
    GROUPED(4);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Kind of(byte code) {
      return switch (code) {
        case 1 -> MATURED;
        case 2 -> DISPOSED;
        case 3 -> DECIDED;
        case 4 -> GROUPED;
        default ->
            throw new IllegalStateException(
                "an observation of kind " + code + ": run a newer program, or reset the state");
      };
    }
  }

  byte[] bytes() {
    byte[] name = group.getBytes(StandardCharsets.UTF_8);
    boolean grouped = name.length > 0;
    ByteBuffer out = ByteBuffer.allocate(LEAST + (grouped ? Integer.BYTES + name.length : 0));
    int flags = (positive ? POSITIVE : 0) | (stopped ? STOPPED : 0) | (grouped ? GROUPED : 0);
    out.put(kind.code).put((byte) flags).putLong(timeMs).putDouble(score);
    if (grouped) {
      out.putInt(name.length).put(name);
    }
    return out.array();
  }

  static Observation read(ByteBuffer in) {
    Kind kind = Kind.of(in.get());
    byte flags = in.get();
    long timeMs = in.getLong();
    double score = in.getDouble();
    String group = "";
    if ((flags & GROUPED) != 0) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      group = new String(name, StandardCharsets.UTF_8);
    }
    return new Observation(
        kind, timeMs, score, (flags & POSITIVE) != 0, (flags & STOPPED) != 0, group);
  }
}
