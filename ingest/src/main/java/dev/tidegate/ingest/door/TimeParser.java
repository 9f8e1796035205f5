package dev.tidegate.ingest.door;

import dev.tidegate.ingest.profile.TimeRule;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Bytes of a time to milliseconds since 1970-01-01T00:00Z. */
interface TimeParser {
  /** The bytes are no time. */
  long UNREADABLE = Long.MIN_VALUE;

  /** Milliseconds, or {@link #UNREADABLE}. */
  long parse(byte[] bytes, int from, int to);

  /** The fastest parser for a rule. */
  static TimeParser of(TimeRule rule) {
    String format = rule.format();
    if (format == null) {
      return new NumberTime(rule.unitMillis(), rule.origin().toEpochMilli());
    }
    if (format.equals("iso")) {
      return new IsoTime(rule.zone());
    }
    PatternTime pattern = PatternTime.compile(format, rule.zone());
    return pattern != null ? pattern : new FormatterTime(format, rule.zone());
  }

  /** Milliseconds of a local time in a zone; at a clock change the earlier offset. */
  static long inZone(long localMillis, ZoneId zone) {
    if (zone instanceof ZoneOffset offset) {
      return localMillis - offset.getTotalSeconds() * 1000L;
    }
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(Math.floorDiv(localMillis, 1000L), 0, ZoneOffset.UTC);
    return localMillis - zone.getRules().getOffset(local).getTotalSeconds() * 1000L;
  }
}
