package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.ingest.profile.Profiles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeParserTest {
  private static TimeParser parser(String keys) {
    return TimeParser.of(
        Profiles.parse(
                "fields: {time: {column: t, "
                    + keys
                    + "}, amount: a, currency: {value: EUR}, payerAccount: p}",
                "bank")
            .time());
  }

  private static long parse(TimeParser parser, String text) {
    byte[] bytes = ("1" + text + "2").getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 1, bytes.length - 1);
  }

  private static void reads(String keys, String text, String instant) {
    assertThat(parse(parser(keys), text))
        .as("%s by %s", text, keys)
        .isEqualTo(
            instant.equals("no") ? TimeParser.UNREADABLE : Instant.parse(instant).toEpochMilli());
  }

  @Property
  void shouldEqualDateTimeFormatter(
      @ForAll @LongRange(min = -60_000_000_000L, max = 200_000_000_000L) long second) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    String pattern = "dd.MM.yyyy HH:mm:ss";
    if (time.getYear() >= 1000 && time.getYear() <= 9999) {
      String text = time.format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
      assertThat(parse(parser("format: '" + pattern + "'"), text)).isEqualTo(second * 1000);
      assertThat(parse(parser("format: iso"), time.atOffset(ZoneOffset.UTC).toString()))
          .isEqualTo(second * 1000);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "format: 'yyyy-MM-dd HH:mm:ss'|2018-04-01 00:00:31|2018-04-01T00:00:31Z",
        "format: 'yyyy-MM-dd HH:mm:ss'|2018-02-29 00:00:31|no",
        "format: 'yyyy-MM-dd HH:mm:ss'|2018-04-01 24:00:00|no",
        "format: 'yyyy-MM-dd HH:mm:ss'|2018-04-01 00:00:3|no",
        "format: 'yyyy-MM-dd HH:mm:ss'|2018-04-01 00:00:310|no",
        "format: 'yyyy-MM-dd HH:mm:ss'|2018-04-01T00:00:31|no",
        "format: yyyy-MM-dd|2024-02-29|2024-02-29T00:00:00Z",
        "format: yyyy-MM-dd|2024-13-01|no",
        "format: yyyy-MM-dd|2024-00-01|no",
        "format: \"yyyy-MM-dd'T'HH:mm:ssX\"|2019-01-01T00:00:21Z|2019-01-01T00:00:21Z",
        "format: \"yyyy-MM-dd'T'HH:mm:ssX\"|2019-01-01T00:00:21+02:00|2018-12-31T22:00:21Z",
        "format: \"yyyy-MM-dd'T'HH:mm:ssX\"|2019-01-01T00:00:21|no",
        "format: yyyy M d HH:mm|2002 9 1 06:21|2002-09-01T06:21:00Z",
        "format: yyyy M d HH:mm|2002 12 31 06:21|2002-12-31T06:21:00Z",
        "format: yyyyMMddHHmmssSSS|20180401000031250|2018-04-01T00:00:31.250Z",
        "format: dd-MMM-yyyy|01-Apr-2018|2018-04-01T00:00:00Z",
        "format: dd-MMM-yyyy|31-Feb-2018|no",
        "format: 'MM/dd/yyyy hh:mm a'|04/01/2018 01:30 PM|2018-04-01T13:30:00Z",
        "format: iso|2018-04-01|2018-04-01T00:00:00Z",
        "format: iso|2018-04-01 10:11|2018-04-01T10:11:00Z",
        "format: iso|2018-04-01T10:11:12.3456789Z|2018-04-01T10:11:12.345Z",
        "format: iso|2018-04-01T10:11:12-05:00|2018-04-01T15:11:12Z",
        "format: iso|2018-04-01T10:11:12 Z|no",
        "format: iso|20180401|no",
        "unit: seconds|1522540831|2018-04-01T00:00:31Z",
        "unit: seconds|1522540831.25|2018-04-01T00:00:31.250Z",
        "unit: seconds|-1|1969-12-31T23:59:59Z",
        "unit: seconds|99999999999999999999|no",
        "unit: seconds|1e|no",
        "unit: millis|1522540831000|2018-04-01T00:00:31Z",
        "unit: days, origin: 2018-01-01|90|2018-04-01T00:00:00Z",
        "unit: minutes, origin: '2018-01-01T12:00:00Z'|1|2018-01-01T12:01:00Z",
      })
  void shouldReadFormatsAndUnits(String keys, String text, String instant) {
    reads(keys, text, instant);
  }

  @Test
  void shouldApplyTheZoneToTimesThatNameNone() {
    reads("format: iso, zone: Europe/Berlin", "2018-07-01 12:00:00", "2018-07-01T10:00:00Z");
    reads("format: iso, zone: Europe/Berlin", "2018-01-01 12:00:00", "2018-01-01T11:00:00Z");
    reads("format: iso, zone: Europe/Berlin", "2018-01-01 12:00:00Z", "2018-01-01T12:00:00Z");
    reads("format: iso, zone: '+02:00'", "2018-01-01 12:00:00", "2018-01-01T10:00:00Z");
    reads("format: dd MMM yyyy, zone: Europe/Berlin", "01 Jan 2018", "2017-12-31T23:00:00Z");
  }
}
