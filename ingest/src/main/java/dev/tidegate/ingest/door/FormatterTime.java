package dev.tidegate.ingest.door;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times of any other pattern of DateTimeFormatter, with English names; ten times slower. */
final class FormatterTime implements TimeParser {
  private final DateTimeFormatter formatter;
  private final ZoneId zone;

  FormatterTime(String pattern, ZoneId zone) {
    this.formatter =
        DateTimeFormatter.ofPattern(properYear(pattern), Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);
    this.zone = zone;
  }

  /** Strict resolving knows a year only with its era, unless it is written with u. */
  private static String properYear(String pattern) {
    StringBuilder proper = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      proper.append(!quoted && c == 'y' ? 'u' : c);
    }
    return proper.toString();
  }

  @Override
  public long parse(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    try {
      TemporalAccessor parsed =
          formatter.parseBest(
              text,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      if (parsed instanceof ZonedDateTime zoned) {
        return zoned.toInstant().toEpochMilli();
      }
      if (parsed instanceof OffsetDateTime offset) {
        return offset.toInstant().toEpochMilli();
      }
      LocalDateTime local =
          parsed instanceof LocalDateTime time ? time : ((LocalDate) parsed).atStartOfDay();
      return TimeParser.inZone(local.toInstant(ZoneOffset.UTC).toEpochMilli(), zone);
    } catch (DateTimeException e) {
      return UNREADABLE;
    }
  }
}
