package dev.tidegate.features.history;

/**
 * What an event is worth.
 *
 * @param own minor units of its currency
 * @param base minor units of the base currency, or {@link #NO_BASE}
 * @param currency any number that stands for the currency
 */
public record Amount(long own, long base, int currency) {
  /** There is no rate for the currency. */
  public static final long NO_BASE = Long.MIN_VALUE;
}
