package dev.tidegate.console.page;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/** Money and numbers for people. */
final class Amounts {
  private static final char MINUS = '\u2212';

  private Amounts() {}

  /**
   * An amount in major units with the currency's number of decimals, for example {@code 1,234.50}
   * for 123450 minor units of GBP, {@code 1,500} for 1500 of JPY, {@code 1.250} for 1250 of KWD. An
   * unknown currency has no known decimals: its minor units are shown as they are.
   */
  static String major(long minorUnits, String currency) {
    int digits = digits(currency);
    return decimal(BigDecimal.valueOf(minorUnits, digits), digits);
  }

  /** The same for an amount that is in major units already; a dash where there is none. */
  static String major(float majorUnits, String currency) {
    return Float.isFinite(majorUnits)
        ? decimal(new BigDecimal(Float.toString(majorUnits)), digits(currency))
        : "\u2013";
  }

  /** A count with grouped thousands. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Number of decimals of a currency; 0 if it is unknown or has none. */
  static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  private static String decimal(BigDecimal value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value).replace('-', MINUS);
  }
}
