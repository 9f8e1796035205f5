package dev.tidegate.schemas.money;

import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/**
 * Minor to major units by ISO 4217 (two digits for EUR, none for JPY). A code that the platform's
 * table does not know, or that has no minor unit there, counts as two digits. Not thread safe: one
 * a thread.
 */
public final class MajorUnits {
  private static final int DEFAULT_DIGITS = 2;

  /** Outside ISO 4217, but met in payments. */
  private static final Map<String, Integer> OTHERS = Map.of("BTC", 8, "XBT", 8);

  private final Map<String, Double> divisors = new HashMap<>();

  /** An amount in minor units, whole or mean, in major units. */
  public double of(double minorUnits, String currency) {
    return minorUnits / divisors.computeIfAbsent(currency, code -> Math.pow(10, digits(code)));
  }

  /** Digits of a currency's minor unit. */
  public static int digits(String currency) {
    Integer other = OTHERS.get(currency);
    if (other != null) {
      return other;
    }
    try {
      int digits = Currency.getInstance(currency).getDefaultFractionDigits();
      return digits < 0 ? DEFAULT_DIGITS : digits;
    } catch (IllegalArgumentException unknown) {
      return DEFAULT_DIGITS;
    }
  }
}
