package dev.tidegate.features.catalogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of windows and delays as the catalogue writes them: {@code 5m}, {@code 1h}, {@code 30d}.
 */
final class Span {
  static final long MINUTE_MS = 60_000L;
  static final long DAY_MS = 1_440 * MINUTE_MS;

  /** Longest window. */
  static final long LONGEST_WINDOW_MS = 30 * DAY_MS;

  /** Longest delay: card schemes allow disputes for about this long. */
  static final long LONGEST_DELAY_MS = 120 * DAY_MS;

  private static final long HOUR_MS = 60 * MINUTE_MS;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([mhd])");

  private Span() {}

  /** Milliseconds of a text, or -1 if it is no span. */
  static long parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return -1;
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> count * MINUTE_MS;
      case "h" -> count * HOUR_MS;
      default -> count * DAY_MS;
    };
  }

  /** The shortest text of a length: 24 h are {@code 1d}. */
  static String text(long spanMs) {
    if (spanMs % DAY_MS == 0) {
      return spanMs / DAY_MS + "d";
    }
    return spanMs % HOUR_MS == 0 ? spanMs / HOUR_MS + "h" : spanMs / MINUTE_MS + "m";
  }
}
