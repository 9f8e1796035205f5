package dev.tidegate.ingest.publish;

import java.util.function.LongSupplier;

/** When the next row is due at a rate. Time lost is not made up beyond a tenth of a second. */
final class Pace {
  private static final long SECOND = 1_000_000_000L;
  private static final long MOST_BEHIND = SECOND / 10;

  private final double nanosARow;
  private final LongSupplier nanos;
  private double due;
  private boolean started;

  Pace(double ratePerSecond, LongSupplier nanos) {
    this.nanosARow = ratePerSecond == 0 ? 0 : SECOND / ratePerSecond;
    this.nanos = nanos;
  }

  boolean unlimited() {
    return nanosARow == 0;
  }

  /** Nanoseconds until the next row is due; 0 or less if it is. */
  long untilDue() {
    long now = nanos.getAsLong();
    if (!started) {
      started = true;
      due = now;
    }
    due = Math.max(due, (double) now - MOST_BEHIND);
    return (long) (due - now);
  }

  /** Takes the row that was due. */
  void take() {
    due += nanosARow;
  }
}
