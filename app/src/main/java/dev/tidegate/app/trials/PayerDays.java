package dev.tidegate.app.trials;

import java.time.Duration;

/**
 * Tells a payer's first event of a kind on a day, of event time, from its repeats: fraud comes in
 * bursts, and fifty payments of one stolen card are one event. Remembers the newest {@value
 * RecentIds#MOST} of payer and day, as a hash of 32 bits: one first in some 40,000 is taken for a
 * repeat by chance. Not thread safe.
 */
final class PayerDays {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** Of a payment whose payer is not known: none is its repeat. */
  private static final int NOBODY = 0;

  private final RecentIds<Integer> seen = new RecentIds<>();

  /** A payer's day as a number. */
  static int of(String payerAccount, long eventTimeMs) {
    return payerAccount.isEmpty()
        ? NOBODY
        : mixed(payerAccount.hashCode(), Math.floorDiv(eventTimeMs, DAY_MS));
  }

  /**
   * Accounts and days that follow each other must not fall together: 64 bits mixed, then folded.
   */
  private static int mixed(int account, long day) {
    long bits = (account * 0x9E3779B97F4A7C15L) ^ (day * 0xC2B2AE3D27D4EB4FL);
    bits = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
    return Long.hashCode(bits ^ (bits >>> 29));
  }

  /** Whether there was none on the payer's day before. */
  boolean first(int payerDay) {
    return payerDay == NOBODY || seen.add(payerDay);
  }
}
