package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
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
    assertThat(answers).containsExactly(most * payments, most, most * payments);
  }
}
