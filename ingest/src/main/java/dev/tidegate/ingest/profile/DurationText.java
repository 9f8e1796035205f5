package dev.tidegate.ingest.profile;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 7d}, {@code 36h}, {@code 15m}, {@code 90s}, ISO-8601. */
final class DurationText {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9}) ?(ms|s|m|min|h|d)");

  private DurationText() {}

  /** The duration, or null if the text is none. */
  static @Nullable Duration parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(count);
        case "s" -> Duration.ofSeconds(count);
        case "m", "min" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }
    try {
      Duration duration = Duration.parse(text);
      return duration.isNegative() ? null : duration;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
