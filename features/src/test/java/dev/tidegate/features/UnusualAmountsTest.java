package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refunds, payments of nothing, several currencies and payments that do not say all: what each
 * becomes is stated in docs/concepts/features.md.
 */
class UnusualAmountsTest {
  private static final Catalogue CATALOGUE =
      Catalogue.parse(
          """
          features:
            - {payment: [amount, base_amount]}
            - {entity: account, aggregate: [count, sum, mean, max, min], windows: [1d]}
            - {entity: account, aggregate: sum, filter: 'amount < 0.0', as: refund, windows: [1d]}
            - {entity: account, aggregate: sum, field: base_amount, windows: [1d]}
            - {entity: account, aggregate: quantile_ratio, quantile: 0.5, windows: [1d]}
            - {entity: terminal, aggregate: [count, sum], windows: [1d]}
            - {ratio: [amount, account_mean_1d]}
          """,
          "test",
          Rates.parse("{base: EUR, date: 2026-01-02, rates: {USD: 2, JPY: 200}}", "rates"));

  @TempDir Path folder;

  /** Payments of one account, a second apart. */
  private Map<String, FeatureVector> vectors(Transaction... payments) throws Exception {
    Path in = folder.resolve("payments.avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(in, Transaction.class)) {
      for (Transaction payment : payments) {
        writer.append(payment);
      }
    }
    Path out = Files.createDirectory(folder.resolve("vectors"));
    OfflineFeaturesJob.run(
        CATALOGUE, new OfflineFeaturesJob.Files(in, folder.resolve("none.avro"), out, 0), 1);
    Map<String, FeatureVector> vectors = new HashMap<>();
    try (EventFile.Reader<FeatureVector> reader = EventFile.read(out, FeatureVector.class)) {
      for (FeatureVector next = reader.next(); next != null; next = reader.next()) {
        vectors.put(next.getTransaction().getTransactionId(), next);
      }
    }
    return vectors;
  }

  private static Transaction paid(String id, long second, long minor, String currency) {
    return Transaction.newBuilder(Payments.payment(id, second * 1_000, "payer", "terminal", minor))
        .setCurrency(currency)
        .build();
  }

  private static float value(FeatureVector vector, String feature) {
    return vector.getValues().get(CATALOGUE.place(feature));
  }

  @Test
  void shouldNetARefundAndTellItApart() throws Exception {
    FeatureVector refund =
        vectors(paid("bought", 1, 1_000, "EUR"), paid("refund", 2, -400, "EUR")).get("refund");
    assertThat(value(refund, "amount")).isEqualTo(-4);
    assertThat(value(refund, "account_count_1d")).isEqualTo(2);
    assertThat(value(refund, "account_sum_1d")).isEqualTo(6);
    assertThat(value(refund, "account_mean_1d")).isEqualTo(3);
    assertThat(value(refund, "account_min_1d")).isEqualTo(-4);
    assertThat(value(refund, "account_sum_refund_1d")).isEqualTo(-4);
  }

  @Test
  void shouldCountAPaymentOfNothingAndDivideByNone() throws Exception {
    Map<String, FeatureVector> vectors =
        vectors(paid("nothing", 1, 0, "EUR"), paid("some", 2, 100, "EUR"));
    FeatureVector nothing = vectors.get("nothing");
    assertThat(value(nothing, "account_count_1d")).isEqualTo(1);
    assertThat(value(nothing, "account_sum_1d")).isZero();
    assertThat(value(nothing, "account_max_1d")).isZero();
    assertThat(value(nothing, "amount_per_account_mean_1d")).isNaN();
    FeatureVector some = vectors.get("some");
    assertThat(value(some, "account_mean_1d")).isEqualTo(0.5f);
    assertThat(value(some, "account_quantile_ratio_q50_1d")).as("over nothing").isNaN();
  }

  @Test
  void shouldSumOwnCurrencyAloneAndConvertedAmountsOfAllWithARate() throws Exception {
    Map<String, FeatureVector> vectors =
        vectors(
            paid("euro", 1, 1_000, "EUR"),
            paid("dollar", 2, 1_000, "USD"),
            paid("yen", 3, 1_000, "JPY"),
            paid("none", 4, 1_000, "CHF"),
            paid("again", 5, 500, "EUR"));
    assertThat(value(vectors.get("dollar"), "account_sum_1d")).isEqualTo(10);
    assertThat(value(vectors.get("dollar"), "account_sum_base_1d")).isEqualTo(15);
    assertThat(value(vectors.get("yen"), "account_sum_1d"))
        .as("yen has no minor unit")
        .isEqualTo(1_000);
    assertThat(value(vectors.get("yen"), "account_sum_base_1d")).isEqualTo(20);
    assertThat(value(vectors.get("none"), "base_amount")).isNaN();
    assertThat(value(vectors.get("none"), "account_sum_1d")).isEqualTo(10);
    assertThat(value(vectors.get("none"), "account_sum_base_1d")).isEqualTo(20);
    assertThat(value(vectors.get("again"), "account_sum_1d")).isEqualTo(15);
    assertThat(value(vectors.get("again"), "account_sum_base_1d")).isEqualTo(25);
    assertThat(value(vectors.get("again"), "account_count_1d")).isEqualTo(5);
  }

  @Test
  void shouldSayNothingOfAnEntityThatIsMissing() throws Exception {
    Transaction without =
        Transaction.newBuilder(paid("without", 2, 100, "EUR")).setTerminalId(null).build();
    Transaction empty =
        Transaction.newBuilder(paid("empty", 3, 100, "EUR")).setTerminalId("").build();
    Map<String, FeatureVector> vectors = vectors(paid("with", 1, 100, "EUR"), without, empty);
    for (String id : List.of("without", "empty")) {
      assertThat(value(vectors.get(id), "terminal_count_1d")).as(id).isNaN();
      assertThat(value(vectors.get(id), "terminal_sum_1d")).as(id).isNaN();
    }
    assertThat(value(vectors.get("empty"), "account_count_1d")).isEqualTo(3);
  }
}
