package dev.tidegate.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people: UTC, or how long ago. */
final class Moments {
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM uu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Moments() {}

  /** Date and time to the second, with the zone named. */
  static Markup full(long ms) {
    Instant at = Instant.ofEpochMilli(ms);
    return Markup.of("<time datetime=\"{}\">{} UTC</time>", at, FULL.format(at));
  }

  /** Date and time to the minute; the whole as a tooltip. */
  static Markup brief(long ms) {
    Instant at = Instant.ofEpochMilli(ms);
    return Markup.of(
        "<time datetime=\"{}\" title=\"{} UTC\">{}</time>", at, FULL.format(at), SHORT.format(at));
  }

  /** How long ago; the page's script keeps it up to date. The whole as a tooltip. */
  static Markup age(long ms, Instant now) {
    Instant at = Instant.ofEpochMilli(ms);
    return Markup.of(
        "<time data-age datetime=\"{}\" title=\"{} UTC\">{}</time>",
        at,
        FULL.format(at),
        ago(Duration.between(at, now)));
  }

  /** Whole units, the greatest that fits: {@code now}, {@code 12 s}, {@code 3 min}, ... */
  static String ago(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 2) {
      return "now";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return age.toMinutes() + " min";
    }
    return seconds < 48 * 3600 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
