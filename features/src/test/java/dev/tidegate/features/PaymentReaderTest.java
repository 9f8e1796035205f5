package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.schemas.event.Transaction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentReaderTest {
  private static final Catalogue CATALOGUE =
      Catalogue.parse(
          """
          features:
            - {entity: account, aggregate: [sum, mean], windows: [1d]}
            - {entity: account, aggregate: sum, field: base_amount, windows: [1d]}
          """,
          "sums",
          Rates.parse("{base: EUR, date: 2026-01-02, rates: {USD: 1.17}}", "rates"));

  /** A pound of two euros: what is worth more than 2^44 cents is left out of converted sums. */
  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void shouldLeaveOutAndCountConvertedAmountsThatSumsCannotHold(long sign) {
    Catalogue catalogue =
        Catalogue.parse(
            CATALOGUE.canonical(),
            "sums",
            Rates.parse("{base: EUR, date: 2026-01-02, rates: {GBP: 0.5}}", "rates"));
    PaymentReader reader = new PaymentReader(catalogue);
    EntityWindows windows = new EntityWindows(EntityPart.of(catalogue).get(0).layout());
    EntityHistory history = windows.empty();
    double[] answers = new double[windows.size()];
    long half = PaymentReader.MOST / 2;
    windows.add(history, pounds(reader, 1, sign * half), answers);
    assertThat(answers[2]).as("just not beyond").isEqualTo((double) (sign * PaymentReader.MOST));
    assertThat(reader.amountsBeyond()).isZero();
    windows.add(history, pounds(reader, 2, sign * (half + 1)), answers);
    assertThat(answers[0]).isEqualTo((double) (sign * (PaymentReader.MOST + 1)));
    assertThat(answers[2]).as("as without a rate").isEqualTo((double) (sign * PaymentReader.MOST));
    assertThat(reader.amountsBeyond()).isEqualTo(1);
    windows.add(history, pounds(reader, 3, sign * 100), answers);
    assertThat(answers[2]).isEqualTo((double) (sign * (PaymentReader.MOST + 200)));
    assertThat(reader.amountsBeyond()).isEqualTo(1);
  }

  private static Event pounds(PaymentReader reader, int second, long minor) {
    Transaction paid = Payments.payment("tx-" + second, second * 1_000L, "p", "t", minor);
    return reader.read(Transaction.newBuilder(paid).setCurrency("GBP").build()).event();
  }

  /** A feed gone wrong sends the largest numbers there are, far more often than a ring holds. */
  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldNotOverflowTheSumOfManyEndlessAmounts(long amount) {
    PaymentReader reader = new PaymentReader(CATALOGUE);
    EntityWindows windows = new EntityWindows(EntityPart.of(CATALOGUE).get(0).layout());
    EntityHistory history = windows.empty();
    double[] answers = new double[windows.size()];
    int payments = 3_000;
    for (int i = 0; i < payments; i++) {
      Payment payment = reader.read(Payments.payment("tx-" + i, i * 20_000L, "p", "t", amount));
      windows.add(history, payment.event(), answers);
    }
    double most = amount > 0 ? PaymentReader.MOST : -PaymentReader.MOST;
    assertThat(history.isTiled()).isTrue();
    assertThat(reader.amountsBeyond()).isEqualTo(payments);
    assertThat(answers).containsExactly(most * payments, most, most * payments);
  }
}
