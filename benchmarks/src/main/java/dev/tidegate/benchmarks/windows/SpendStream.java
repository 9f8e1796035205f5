package dev.tidegate.benchmarks.windows;

import dev.tidegate.schemas.event.Transaction;
import java.io.Serializable;

/**
 * An endless stream of payments in the order of time, the n-th of which is a function of seed and n
 * alone: an even pace, entities drawn evenly, amounts of 1.00 to about 1,100 with a long tail.
 *
 * @param load how busy its entities are
 * @param seed any number
 */
public record SpendStream(Load load, long seed) implements Serializable {
  private static final long START_MS = 1_700_000_000_000L;
  private static final int TAIL = 7;

  /** When payment n was made, milliseconds; no two have the same time. */
  public long timeMs(long n) {
    double stepMs = (double) Load.MONTH_MS / load.eventsAMonth() / load.entities();
    return START_MS + (long) (n * stepMs);
  }

  /** Who made it, 0 to the number of entities less one. */
  public int entity(long n) {
    return (int) Long.remainderUnsigned(mix(seed + n), load.entities());
  }

  /** How much, minor units. */
  public long amountMinor(long n) {
    long drawn = mix(seed ^ ~n);
    return 100 + (drawn >>> 40 & 0x3ff) * (1L << (Long.numberOfTrailingZeros(drawn) % TAIL));
  }

  /** The payment itself; by the constructor, for a builder costs more than all else here. */
  public Transaction payment(long n) {
    String payer = "a" + entity(n);
    return new Transaction(
        "p" + n,
        timeMs(n),
        0L,
        "bench",
        n,
        payer,
        null,
        null,
        null,
        null,
        null,
        amountMinor(n),
        "EUR",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = value * 0x9e3779b97f4a7c15L + 0x632be59bd9b4e019L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
