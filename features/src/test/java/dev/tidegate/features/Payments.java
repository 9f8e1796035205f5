package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Payments for tests. */
final class Payments {
  /** Every kind of feature, some with filters, over few entities. */
  static final Catalogue CATALOGUE =
      Catalogue.parse(
          """
          features:
            - {payment: [amount, hour_of_day]}
            - {entity: account, aggregate: [count, mean, max, deviation], windows: [1h, 7d]}
            - {entity: account, aggregate: count, filter: 'amount > 100.0', as: big, windows: [1d]}
            - {entity: account, aggregate: [z_score, hour_score], windows: [7d]}
            - {entity: account, aggregate: quantile_ratio, quantile: 0.5, windows: [7d]}
            - {entity: account, aggregate: [distinct, is_new], field: terminal, windows: [1d]}
            - {entity: account, aggregate: [time_since, first_seen]}
            - {entity: terminal, aggregate: [count, mean], windows: [1h, 30d]}
            - {entity: terminal, aggregate: [count, risk], delay: 1d, windows: [1d, 7d]}
            - {ratio: [amount, account_mean_7d]}
          sequences:
            - {entity: terminal, length: 3, fields: [day_of_week, amount, age]}
            - {entity: account, length: 32, fields: [age, amount, hour_of_day, same_terminal]}
          """,
          "test",
          Rates.none());

  private Payments() {}

  /** A payment known as fraud after a time. */
  static Label fraud(Transaction payment, long afterMs) {
    return Label.newBuilder()
        .setTransactionId(payment.getTransactionId())
        .setEventTimeMs(payment.getEventTimeMs())
        .setKnownAtMs(payment.getEventTimeMs() + afterMs)
        .setFraud(true)
        .setOrigin("test")
        .build();
  }

  /** Every seventh payment as fraud, known after hours to two days, in the order of that. */
  static List<Label> frauds(List<Transaction> payments) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < payments.size(); i += 7) {
      labels.add(fraud(payments.get(i), 3_600_000L * (1 + i % 48)));
    }
    labels.sort(Comparator.comparingLong(Label::getKnownAtMs));
    return labels;
  }

  static Transaction payment(String id, long timeMs, String payer, String terminal, long amount) {
    return Transaction.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(0)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount(payer)
        .setTerminalId(terminal)
        .setAmountMinor(amount)
        .setCurrency("EUR")
        .build();
  }

  /** Payments in the order of time, some without a counterparty, with equal times. */
  static List<Transaction> stream(int count, long seed) {
    return stream(count, seed, 15);
  }

  /** The same from a number of payers. */
  static List<Transaction> stream(int count, long seed, int payers) {
    Random random = new Random(seed);
    List<Transaction> payments = new ArrayList<>();
    long timeMs = 1_600_000_000_000L;
    for (int i = 0; i < count; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : random.nextInt(120_000);
      payments.add(
          payment(
              "tx-" + i,
              timeMs,
              "payer-" + random.nextInt(payers),
              random.nextInt(8) == 0 ? null : "terminal-" + random.nextInt(6),
              random.nextInt(50_000) - 500));
    }
    return payments;
  }
}
