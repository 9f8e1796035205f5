package dev.tidegate.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

final class MomentTest {
  private final Moment.DateConverter dates = new Moment.DateConverter();
  private final Moment.SpanConverter spans = new Moment.SpanConverter();
  private final Moment.RateConverter rates = new Moment.RateConverter();

  @Test
  void shouldReadADateAsTheStartOfThatDayInUtc() {
    assertThat(dates.convert("2018-07-25")).isEqualTo(Instant.parse("2018-07-25T00:00:00Z"));
    assertThat(dates.convert("2018-07-25T06:30:00")).isEqualTo("2018-07-25T06:30:00Z");
    assertThat(dates.convert("2018-07-25T06:30:00Z")).isEqualTo("2018-07-25T06:30:00Z");
  }

  @Test
  void shouldReadDurationsInUnitsAndInIso() {
    assertThat(spans.convert("7d")).isEqualTo(Duration.ofDays(7));
    assertThat(spans.convert("36h")).isEqualTo(Duration.ofHours(36));
    assertThat(spans.convert("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(spans.convert("PT12H")).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void shouldReadRates() {
    assertThat(rates.convert("500/s").perSecond()).isEqualTo(500);
    assertThat(rates.convert("2.5").perSecond()).isEqualTo(2.5);
    assertThat(rates.convert("max").perSecond()).isZero();
    assertThat(rates.convert("500")).hasToString("500/s");
    assertThat(Moment.Rate.MAX).hasToString("max");
  }

  @Test
  void shouldSayHowToWriteIt() {
    assertThatThrownBy(() -> dates.convert("25.07.2018"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("write 2018-07-25");
    assertThatThrownBy(() -> spans.convert("a week")).hasMessageContaining("write 30s");
    assertThatThrownBy(() -> rates.convert("-3/s")).hasMessageContaining("write 500/s or max");
  }
}
