package dev.tidegate.app.command;

import dev.tidegate.app.terminal.Spans;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Dates, durations and rates as they are written on the command line. */
public final class Moment {
  private Moment() {}

  /** Reads {@code 2018-07-25} (the start of that day, UTC) or an ISO date and time. */
  public static final class DateConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        if (text.indexOf('T') < 0) {
          return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return text.endsWith("Z")
            ? Instant.parse(text)
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no date; write 2018-07-25 or 2018-07-25T12:00:00Z");
      }
    }
  }

  /** Reads {@code 7d}, {@code 36h}, {@code 90s} or ISO 8601 such as {@code PT12H}. */
  public static final class SpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration span = Spans.parse(text);
      if (span == null) {
        throw new TypeConversionException(
            "'" + text + "' is no duration; write 30s, 5m, 36h or 7d");
      }
      return span;
    }
  }

  /**
   * A pace.
   *
   * @param perSecond events a second; 0 for no limit
   */
  public record Rate(double perSecond) {
    /** As fast as possible. */
    static final Rate MAX = new Rate(0);

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return perSecond == 0
          ? "max"
          : BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString() + "/s";
    }
  }

  /** Reads {@code 500/s}, {@code 500} or {@code max}. */
  public static final class RateConverter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      String number = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
      if (number.equals("max")) {
        return Rate.MAX;
      }
      try {
        double rate = Double.parseDouble(number);
        if (rate > 0 && !Double.isInfinite(rate)) {
          return new Rate(rate);
        }
      } catch (NumberFormatException e) {
        // falls through to the one message below
      }
      throw new TypeConversionException("'" + text + "' is no rate; write 500/s or max");
    }
  }
}
