package dev.tidegate.app.terminal;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: grouped thousands, rates, durations. Always in English form. */
public final class Figures {
  private static final long TEN = 10;

  private Figures() {}

  /** {@code 1504628} as {@code 1,504,628}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A rate in events a second: {@code 21,340/s}, with a decimal under ten. */
  public static String rate(double perSecond) {
    return perSecond < TEN
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : String.format(Locale.ROOT, "%,d/s", Math.round(perSecond));
  }

  /** A span as {@code 850 ms}, {@code 12.3 s}, {@code 4 min 05 s} or {@code 2 h 07 min}. */
  public static String span(Duration span) {
    long millis = span.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (span.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    if (span.toHours() < 1) {
      return String.format(Locale.ROOT, "%d min %02d s", span.toMinutes(), span.toSecondsPart());
    }
    return String.format(Locale.ROOT, "%d h %02d min", span.toHours(), span.toMinutesPart());
  }

  /** A share in percent with two decimals: {@code 0.83 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }
}
