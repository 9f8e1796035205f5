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
        : 31 * payerAccount.hashCode() + Long.hashCode(Math.floorDiv(eventTimeMs, DAY_MS));
  }

  /** Whether there was none on the payer's day before. */
  boolean first(int payerDay) {
    return payerDay == NOBODY || seen.add(payerDay);
  }
}
