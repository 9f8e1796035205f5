package dev.tidegate.app.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as people write them: {@code 250ms}, {@code 90s}, {@code 5m}, {@code 36h}, {@code 7d}.
 */
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("(\\d+)\\s*(ms|s|m|min|h|d)");

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Spans() {}

  /**
   * The duration that a text says, also in ISO 8601 ({@code PT12H}); null if it says none, a
   * negative one, or more than 100 years.
   */
  public static @Nullable Duration parse(String text) {
    Matcher span = SPAN.matcher(text.trim().toLowerCase(Locale.ROOT));
    try {
      Duration read =
          span.matches()
              ? of(Long.parseLong(span.group(1)), span.group(2))
              : Duration.parse(text.trim());
      return read.isNegative() || read.compareTo(LONGEST) > 0 ? null : read;
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /** The shortest way to write a duration so that {@link #parse} reads it again. */
  public static String text(Duration span) {
    long millis = span.toMillis();
    if (millis % 86_400_000 == 0 && millis != 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0 && millis != 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis != 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m", "min" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
