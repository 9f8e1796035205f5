package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentValueTest {
  private static double of(PaymentValue value, Transaction.Builder payment) {
    return value.of(payment.build(), new MajorUnits(), Texts.RATES);
  }

  @ParameterizedTest
  @CsvSource({
    "2018-07-25T18:30:00Z, 18.5, 3, 25, 0, 0",
    "2018-07-28T06:59:59Z, 6.999722222222222, 6, 28, 1, 1",
    "2018-07-29T07:00:00Z, 7, 7, 29, 1, 0",
    "1969-12-31T23:00:00Z, 23, 3, 31, 0, 0"
  })
  void shouldTellTimesInUtc(
      Instant time, double hour, double weekday, double day, double weekend, double night) {
    Transaction.Builder payment = Texts.payment().setEventTimeMs(time.toEpochMilli());
    assertThat(of(PaymentValue.HOUR_OF_DAY, payment)).isEqualTo(hour);
    assertThat(of(PaymentValue.DAY_OF_WEEK, payment)).isEqualTo(weekday);
    assertThat(of(PaymentValue.DAY_OF_MONTH, payment)).isEqualTo(day);
    assertThat(of(PaymentValue.IS_WEEKEND, payment)).isEqualTo(weekend);
    assertThat(of(PaymentValue.IS_NIGHT, payment)).isEqualTo(night);
  }

  @ParameterizedTest
  @CsvSource({
    "EUR, 1234, 12.34, 12.34, 0, 0",
    "USD, 20000, 200, 160, 1, 1",
    "JPY, 110, 110, 0.69, 1, 0",
    "SEK, -1000, -10, -0.93, 1, 0",
    "XXX, 0, 0, NaN, 0, 0"
  })
  void shouldTellAmounts(
      String currency, long minor, double major, double base, double r10, double r100) {
    Transaction.Builder payment = Texts.payment().setCurrency(currency).setAmountMinor(minor);
    assertThat(of(PaymentValue.AMOUNT, payment)).isEqualTo(major);
    assertThat(of(PaymentValue.BASE_AMOUNT, payment)).isEqualTo(Double.valueOf(base));
    assertThat(of(PaymentValue.IS_REFUND, payment)).isEqualTo(major < 0 ? 1 : 0);
    assertThat(of(PaymentValue.IS_ROUND_10, payment)).isEqualTo(r10);
    assertThat(of(PaymentValue.IS_ROUND_100, payment)).isEqualTo(r100);
  }

  @Test
  void shouldKeepTheSignOfALogarithm() {
    assertThat(of(PaymentValue.LOG_AMOUNT, Texts.payment().setAmountMinor(-100)))
        .isEqualTo(-StrictMath.log(2));
    assertThat(of(PaymentValue.LOG_AMOUNT, Texts.payment().setAmountMinor(0))).isZero();
  }

  @Test
  void shouldCrossABorderOnlyBetweenKnownCountries() {
    Transaction.Builder payment = Texts.payment().setPayerCountry("NL");
    assertThat(of(PaymentValue.IS_CROSS_BORDER, payment)).isZero();
    assertThat(of(PaymentValue.IS_CROSS_BORDER, payment.setPayeeCountry("BE"))).isOne();
    assertThat(of(PaymentValue.IS_CROSS_BORDER, payment.setPayeeCountry("NL"))).isZero();
  }
}
