package dev.tidegate.ingest.check;

/**
 * How far a file's payments stand out of the order of their times.
 *
 * @param behind payments whose time is before that of an earlier row
 * @param payments payments looked at
 * @param largestMs furthest that one stands behind the newest time before it, milliseconds; 0 if
 *     all are in order
 */
public record Disorder(long behind, long payments, long largestMs) {
  /** Before the first payment. */
  static final Disorder NONE = new Disorder(0, 0, 0);

  /** The same with one payment more, that far behind the newest before it; negative if ahead. */
  Disorder with(long behindMs) {
    return behindMs > 0
        ? new Disorder(behind + 1, payments + 1, Math.max(largestMs, behindMs))
        : new Disorder(behind, payments + 1, largestMs);
  }

  /** Share of payments that stand behind an earlier row, from 0 to 1. */
  public double share() {
    return payments == 0 ? 0 : (double) behind / payments;
  }
}
