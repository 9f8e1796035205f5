package dev.tidegate.graphaml.temporal;

/**
 * Times of payments in 32 bits: the low bits of their milliseconds, read as an age against the
 * newest payment. Right for ages below 2^32 ms, 49.7 days.
 */
final class Times {
  /** Longest time that payments may be kept. */
  static final long LONGEST_MS = 45L * 86_400_000L;

  /** Largest age that can be told. */
  static final long MOST_AGE = 0xFFFF_FFFFL;

  private Times() {}

  /** Milliseconds that a kept time stands behind the newest payment. */
  static long age(int newest, long word) {
    return (newest - (int) (word >>> 32)) & MOST_AGE;
  }
}
