package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureFormTest {
  @ParameterizedTest
  @CsvSource({
    "count, 9, Payments, 9",
    "count_below_10k, 1204, 'Payments, below 10k', '1,204'",
    "distinct_ip, 3, Different: IP, 3",
    "frauds, 0, Known frauds, 0",
    "mean, 9, Mean, 9.000",
    "sum_base, 1234.5, Sum (base currency), '1,234.50'",
    "sum_base_below_10k, 9000, 'Sum, below 10k (base currency)', '9,000.00'",
    "z_score, -1.234, Z-score of the amount, \u22121.23",
    "z_score, -0.001, Z-score of the amount, 0.00",
    "quantile_ratio_q95, 2, Amount over quantile q95, 2.00",
    "hour_distance, 4.52, From the usual hour, 4.5 h",
    "hour_score, 3, Score of the hour, 3.00",
    "time_since, 273600, Since the payment before, 3 d 4 h",
    "time_since_counterparty, 725, Since the same counterparty, 12 min 5 s",
    "time_since, 0.25, Since the payment before, 0.3 s",
    "first_seen, 7200, Since first seen, 2 h",
    "is_new_country, 1, New country, yes",
    "is_new_device, 0, New device, no",
    "risk, 0.125, Known as fraud, 12.5%",
    "share_night, 1, Share: night, 100.0%",
    "counter, 1.5, counter, 1.50",
  })
  void shouldWriteEachFeatureByWhatItIs(String feature, float value, String label, String text) {
    FeatureMeasure measure = FeatureMeasure.of(feature);

    assertThat(measure.label(feature)).isEqualTo(label);
    assertThat(measure.form(feature).text(value, "KWD")).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteADashWhereThereIsNoValue(FeatureForm form) {
    assertThat(form.text(Float.NaN, "EUR")).isEqualTo("\u2013");
    assertThat(form.text(Float.POSITIVE_INFINITY, "EUR")).isEqualTo("\u2013");
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeAnyNumber(FeatureForm form) {
    for (float value : new float[] {-Float.MAX_VALUE, -1, 0, 0.5f, 24, Float.MAX_VALUE}) {
      assertThat(form.text(value, "EUR")).isNotBlank();
    }
  }

  @Test
  void shouldWriteHoursAndDaysOfThePaymentAsPeopleDo() {
    assertThat(FeatureForm.CLOCK.text(13.5f, "EUR")).isEqualTo("13:30");
    assertThat(FeatureForm.WEEKDAY.text(7, "EUR")).isEqualTo("Sunday");
  }
}
