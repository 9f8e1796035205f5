package dev.tidegate.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people: UTC, or how long ago. */
final class Moments {
  private static final String NOW = "now";
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Moments() {}

  /** Date and time to the second; the zone is for the label beside it. */
  static Markup full(long ms) {
    Instant at = Instant.ofEpochMilli(ms);
    return Markup.of("<time datetime=\"{}\">{}</time>", at, FULL.format(at));
  }

  /** Date and time to the minute; the whole as a tooltip. */
  static Markup brief(long ms) {
    Instant at = Instant.ofEpochMilli(ms);
    return Markup.of(
        "<time datetime=\"{}\" title=\"{} UTC\">{}</time>", at, FULL.format(at), SHORT.format(at));
  }

  /** Day and time to the minute as text, without the year. */
  static String plain(long ms) {
    return DAY.format(Instant.ofEpochMilli(ms));
  }

  /** How long ago, short; the page's script keeps it up to date. The whole as a tooltip. */
  static Markup age(long ms, Instant now) {
    return since(ms, "", ago(Duration.between(Instant.ofEpochMilli(ms), now)));
  }

  /** How long ago, as part of a sentence; the page's script keeps it up to date. */
  static Markup sentence(long ms, Instant now) {
    String age = ago(Duration.between(Instant.ofEpochMilli(ms), now));
    return since(ms, "sentence", age.equals(NOW) ? "just now" : age + " ago");
  }

  private static Markup since(long ms, String form, String text) {
    Instant at = Instant.ofEpochMilli(ms);
    return Markup.of(
        "<time data-age=\"{}\" datetime=\"{}\" title=\"{} UTC\">{}</time>",
        form,
        at,
        FULL.format(at),
        text);
  }

  /** Whole units, the greatest that fits: {@code now}, {@code 12 s}, {@code 3 min}, ... */
  static String ago(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 2) {
      return NOW;
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return age.toMinutes() + " min";
    }
    return seconds < 48 * 3600 ? age.toHours() + " h" : age.toDays() + " d";
  }

  /**
   * A length of time in its two greatest units, for example {@code 3 d 4 h} or {@code 12 min 5 s}.
   *
   * @param seconds finite
   */
  static String span(double seconds) {
    if (Math.abs(seconds) < 10) {
      return String.format(
          Locale.ROOT, seconds == Math.rint(seconds) ? "%.0f s" : "%.1f s", seconds);
    }
    Duration length = Duration.ofSeconds(Math.round(Math.abs(seconds)));
    return (seconds < 0 ? "\u2212" : "") + twoUnits(length);
  }

  private static String twoUnits(Duration length) {
    if (length.toDays() > 0) {
      return two(length.toDays(), "d", length.toHoursPart(), "h");
    }
    return length.toHours() > 0
        ? two(length.toHours(), "h", length.toMinutesPart(), "min")
        : two(length.toMinutes(), "min", length.toSecondsPart(), "s");
  }

  private static String two(long great, String greatUnit, int small, String smallUnit) {
    String rest = small == 0 ? "" : small + " " + smallUnit;
    return great == 0 ? rest : (great + " " + greatUnit + " " + rest).strip();
  }
}
