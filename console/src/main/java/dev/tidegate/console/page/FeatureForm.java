package dev.tidegate.console.page;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** How a feature's value is written for people. */
enum FeatureForm {
  /** A number of things, for example {@code 1,204}. */
  WHOLE,
  /** Major units of the payment's currency, with its decimals. */
  MONEY,
  /** Major units of the base currency, which an alert does not name: two decimals. */
  BASE_MONEY,
  /** A share from 0 to 1, as percent. */
  PERCENT,
  /** A score or a ratio: two decimals. */
  DECIMAL,
  /** Hours as a length, for example {@code 4.5 h}. */
  HOURS,
  /** Hours since midnight UTC as a time, for example {@code 13:30}. */
  CLOCK,
  /** Seconds as a length, for example {@code 3 d 4 h}. */
  SPAN,
  /** Whether. */
  FLAG,
  /** 1 (Monday) to 7. */
  WEEKDAY,
  /** Meaning unknown: whole if it is, else two decimals. */
  NUMBER;

  private static final String NONE = "\u2013";

  /**
   * The value in words of this form; a dash for NaN and infinities.
   *
   * @param currency of the payment
   */
  String text(float value, String currency) {
    if (!Float.isFinite(value)) {
      return NONE;
    }
    return switch (this) {
      case WHOLE -> signed("%,.0f", value);
      case MONEY -> Amounts.major(value, currency);
      case BASE_MONEY, DECIMAL -> signed("%,.2f", value);
      case PERCENT -> signed("%,.1f%%", 100 * value);
      case HOURS -> signed("%,.1f h", value);
      case CLOCK -> clock(value);
      case SPAN -> Moments.span(value);
      case FLAG -> flag(value);
      case WEEKDAY -> weekday(value);
      case NUMBER -> number(value);
    };
  }

  private static String clock(float hours) {
    int minutes = (int) (hours * 60);
    return hours >= 0 && hours < 24
        ? String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60)
        : number(hours);
  }

  private static String flag(float value) {
    if (value == 0) {
      return "no";
    }
    return value == 1 ? "yes" : number(value);
  }

  private static String weekday(float value) {
    return value == Math.rint(value) && value >= 1 && value <= 7
        ? DayOfWeek.of((int) value).getDisplayName(TextStyle.FULL, Locale.ENGLISH)
        : number(value);
  }

  private static String number(float value) {
    return signed(value == Math.rint(value) ? "%,.0f" : "%,.2f", value);
  }

  /** A number with a true minus; what is rounded to nothing has no sign. */
  private static String signed(String format, double value) {
    String text = String.format(Locale.ROOT, format, value);
    return text.matches("-[0.]+\\D*") ? text.substring(1) : text.replace('-', '\u2212');
  }
}
