package dev.tidegate.lab.bank;

/**
 * What changes while a simulated bank lives. Days count from the first, 0.
 *
 * <p>A busy season changes payments alone (covariate shift): people shop more, fraud and laundering
 * keep their shares and their ways. Gift cards change what fraud is (concept drift): from a day on
 * holders are talked into buying them ({@link GiftCardPlot}), which payments before it say nothing
 * of.
 *
 * @param busyFrom first busy day
 * @param busyUntil first day after it; not later than {@code busyFrom} for no such season
 * @param busyTimes how many times as much people then shop, above 0
 * @param giftCardsFrom first day of the new fraud; {@link Integer#MAX_VALUE} for never
 * @param giftCardShare aim: its payments as a share of all payments from then on, 0 to 0.1
 */
public record BankChange(
    int busyFrom, int busyUntil, double busyTimes, int giftCardsFrom, double giftCardShare) {
  private static final double MOST_SHARE = 0.1;

  /** Nothing changes. */
  public static final BankChange NONE = new BankChange(0, 0, 1, Integer.MAX_VALUE, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left
   */
  public BankChange {
    if (!(busyTimes > 0) || !(giftCardShare >= 0 && giftCardShare <= MOST_SHARE)) {
      throw new IllegalArgumentException(
          "a season's factor must be above 0 and a share from 0 to 0.1: "
              + busyTimes
              + ", "
              + giftCardShare);
    }
  }

  /** How many times as much people shop on a day. */
  double shopping(int day) {
    return day >= busyFrom && day < busyUntil ? busyTimes : 1;
  }

  /** Share of a kind on a day. */
  double share(PlantedKind kind, int day) {
    return kind == PlantedKind.GIFT_CARD_SCAM && day >= giftCardsFrom
        ? giftCardShare
        : kind.share();
  }

  /** True if the new fraud ever comes. */
  boolean bringsGiftCards() {
    return giftCardsFrom != Integer.MAX_VALUE;
  }
}
