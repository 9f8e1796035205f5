package dev.tidegate.retrain.drift;

import java.nio.ByteBuffer;

/**
 * One thing that a monitor looks at.
 *
 * @param kind which monitor
 * @param timeMs event time of the payment
 * @param score calibrated score of its decision; 0 where the monitor needs none
 * @param positive fraud, or stopped
 */
record Observation(Kind kind, long timeMs, double score, boolean positive) {
  /** Length of the written form. */
  static final int BYTES = 2 + Long.BYTES + Double.BYTES;

  /** Monitors of outcomes. */
  enum Kind {
    /** A payment whose label has matured. */
    MATURED(1),
    /** An analyst's disposition of an alert. */
    DISPOSED(2),
    /** A decision: stopped or let through. */
    DECIDED(3);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Kind of(byte code) {
      return switch (code) {
        case 1 -> MATURED;
        case 2 -> DISPOSED;
        case 3 -> DECIDED;
        default ->
            throw new IllegalStateException(
                "an observation of kind " + code + ": run a newer program, or reset the state");
      };
    }
  }

  void write(ByteBuffer out) {
    out.put(kind.code).put((byte) (positive ? 1 : 0)).putLong(timeMs).putDouble(score);
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    write(out);
    return out.array();
  }

  static Observation read(ByteBuffer in) {
    Kind kind = Kind.of(in.get());
    boolean positive = in.get() == 1;
    return new Observation(kind, in.getLong(), in.getDouble(), positive);
  }
}
