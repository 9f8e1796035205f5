package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.schemas.money.MajorUnits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static Rates rates(String code, String rate) {
    return Rates.parse("{base: EUR, date: 2026-01-02, rates: {" + code + ": " + rate + "}}", "r");
  }

  /** Oracle: the quotient in decimal arithmetic, rounded once. */
  private static BigDecimal exact(long minor, String code, BigDecimal rate) {
    return BigDecimal.valueOf(minor)
        .movePointRight(MajorUnits.digits("EUR") - MajorUnits.digits(code))
        .divide(rate, 0, RoundingMode.HALF_EVEN);
  }

  @Property
  void shouldEqualDecimalArithmetic(
      @ForAll long minor,
      @ForAll @BigRange(min = "0.000001", max = "99999") @Scale(6) BigDecimal r) {
    for (String code : List.of("USD", "JPY", "KWD", "BTC")) {
      BigDecimal expected = exact(minor, code, r);
      long actual = rates(code, r.toPlainString()).toBaseMinor(minor, code);
      boolean fits = expected.toBigInteger().bitLength() <= 63;
      assertThat(actual).isEqualTo(fits ? expected.longValueExact() : Rates.NO_CONVERSION);
    }
  }

  @Test
  void shouldRoundHalvesToEven() {
    Rates half = rates("USD", "2");
    assertThat(half.toBaseMinor(1, "USD")).isEqualTo(0);
    assertThat(half.toBaseMinor(3, "USD")).isEqualTo(2);
    assertThat(half.toBaseMinor(5, "USD")).isEqualTo(2);
    assertThat(half.toBaseMinor(-1, "USD")).isEqualTo(0);
    assertThat(half.toBaseMinor(-3, "USD")).isEqualTo(-2);
  }

  @Test
  void shouldKnowTheDigitsOfCurrencies() {
    assertThat(rates("JPY", "160").toBaseMinor(160, "JPY")).isEqualTo(100);
    assertThat(rates("KWD", "0.36").toBaseMinor(360, "KWD")).isEqualTo(100);
    assertThat(rates("BTC", "0.00001").toBaseMinor(1_000, "BTC")).isEqualTo(100);
    assertThat(rates("USD", "1.25").toBaseMinor(77, "EUR")).isEqualTo(77);
  }

  @Test
  void shouldMarkWhatItCannotConvert() {
    assertThat(rates("USD", "1.25").toBaseMinor(5, "XXX")).isEqualTo(Rates.NO_CONVERSION);
    assertThat(rates("USD", "0.000001").toBaseMinor(Long.MAX_VALUE, "USD"))
        .isEqualTo(Rates.NO_CONVERSION);
    assertThat(Rates.none().toBaseMinor(5, "EUR")).isEqualTo(Rates.NO_CONVERSION);
  }

  @Test
  void shouldReadTheShippedTable() {
    Rates shipped = Rates.read(Texts.CONFIG.resolve("rates.yaml"));
    assertThat(shipped.base()).isEqualTo("EUR");
    assertThat(shipped.date()).isEqualTo("2026-01-02");
    assertThat(shipped.toBaseMinor(117, "USD")).isEqualTo(100);
  }

  @Test
  void shouldSayWhatIsWrongWithItsLine() {
    String yaml =
        """
        base: euro
        date: 2026-13-01
        rates:
          USD: -1
          usd: 1.2
          JPY: 0
          CHF: 123456789.123456789
        ratess: 1
        """;
    assertThat(
            catchThrowableOfType(
                    CatalogueException.class, () -> Rates.parse(yaml, "config/rates.yaml"))
                .problems())
        .containsExactly(
            "config/rates.yaml line 1: base must be an ISO 4217 code such as EUR",
            "config/rates.yaml line 2: date must be the day of the rates, such as 2026-01-02",
            "config/rates.yaml line 4: USD must be a number above 0, with at most nine digits on"
                + " each side of the point",
            "config/rates.yaml line 5: 'usd' must be an ISO 4217 code such as USD",
            "config/rates.yaml line 6: JPY must be a number above 0, with at most nine digits on"
                + " each side of the point",
            "config/rates.yaml line 8: the rates table has an unknown key 'ratess'; did you mean"
                + " 'rates'?");
  }

  @Test
  void shouldRefuseARateForTheBase() {
    assertThat(catchThrowableOfType(CatalogueException.class, () -> rates("EUR", "1.1")).problems())
        .containsExactly("r line 1: EUR is the base, whose rate is 1; take it out of 'rates'");
  }
}
