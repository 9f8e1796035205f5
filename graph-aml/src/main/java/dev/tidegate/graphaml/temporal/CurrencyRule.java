package dev.tidegate.graphaml.temporal;

import java.io.Serializable;

/**
 * What the graph has to know about a currency.
 *
 * @param code its ISO 4217 code
 * @param rate minor units of the base currency for one minor unit of this one, above 0
 * @param limitMinor amount from which payments are reported, minor units; 0 for none
 * @param marginShare share of the limit below it that still counts as just under, 0 to 1
 * @param roundMinor amounts that are a multiple of this are round, minor units; 0 for none
 */
public record CurrencyRule(
    String code, double rate, long limitMinor, double marginShare, long roundMinor)
    implements Serializable {
  /** Refuses what cannot be meant. */
  public CurrencyRule {
    if (!(rate > 0)
        || limitMinor < 0
        || !(marginShare >= 0 && marginShare <= 1)
        || roundMinor < 0) {
      throw new IllegalArgumentException(
          "currency "
              + code
              + ": the rate is above 0, limit and round amount are not negative, the margin is"
              + " between 0 and 1");
    }
  }

  /** The amount in minor units of the base currency, rounded half up. */
  public long value(long amountMinor) {
    return rate == 1 ? amountMinor : Math.round(amountMinor * rate);
  }

  /** Whether the amount is round; nothing is not. */
  public boolean round(long amountMinor) {
    return roundMinor > 0 && amountMinor > 0 && amountMinor % roundMinor == 0;
  }

  /** Whether the amount is below the limit, and by no more than the margin. */
  public boolean justUnder(long amountMinor) {
    return amountMinor < limitMinor && amountMinor >= limitMinor * (1 - marginShare);
  }
}
