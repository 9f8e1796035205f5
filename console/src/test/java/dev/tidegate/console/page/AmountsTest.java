package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "123450, GBP, '1,234.50'",
    "5, EUR, 0.05",
    "1500, JPY, '1,500'",
    "1250, KWD, 1.250",
    "-990, USD, \u22129.90",
    "12345, ???, '12,345'",
    "9223372036854775807, EUR, '92,233,720,368,547,758.07'",
  })
  void shouldShowMinorUnitsWithTheCurrencysDecimals(long minor, String currency, String shown) {
    assertThat(Amounts.major(minor, currency)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"445.93, EUR, 445.93", "145793, JPY, '145,793'", "NaN, EUR, \u2013"})
  void shouldShowMajorUnitsOfFeatures(float major, String currency, String shown) {
    assertThat(Amounts.major(major, currency)).isEqualTo(shown);
  }
}
