package dev.tidegate.features;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payments for tests. */
final class Payments {
  private Payments() {}

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

  static FeatureVector started(Transaction payment) {
    return new FeatureVector(payment, "", List.of(), false);
  }

  /** Payments in the order of time, some without a counterparty, with equal times. */
  static List<Transaction> stream(int count, long seed) {
    Random random = new Random(seed);
    List<Transaction> payments = new ArrayList<>();
    long timeMs = 1_600_000_000_000L;
    for (int i = 0; i < count; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : random.nextInt(120_000);
      payments.add(
          payment(
              "tx-" + i,
              timeMs,
              "payer-" + random.nextInt(15),
              random.nextInt(8) == 0 ? null : "terminal-" + random.nextInt(6),
              random.nextInt(50_000) - 500));
    }
    return payments;
  }
}
