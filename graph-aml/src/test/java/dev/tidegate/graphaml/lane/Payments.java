package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;

/** Halves of payments, small: two features and three signals. */
final class Payments {
  static final String FEATURES = "f".repeat(64);
  static final String SIGNALS = "5".repeat(64);
  static final int SIGNAL_COUNT = 3;
  static final JoinBounds BOUNDS = new JoinBounds(2_000, 600_000);

  private Payments() {}

  static FeatureVector vector(String id, long timeMs) {
    return vector(id, timeMs, "payee");
  }

  static FeatureVector vector(String id, long timeMs, String payee) {
    Transaction payment =
        Transaction.newBuilder()
            .setTransactionId(id)
            .setEventTimeMs(timeMs)
            .setIngestedAtMs(timeMs)
            .setSource("test")
            .setSourceOffset(1)
            .setPayerAccount("payer")
            .setPayeeAccount(payee)
            .setAmountMinor(timeMs % 1_000)
            .setCurrency("EUR")
            .build();
    return new FeatureVector(
        payment, FEATURES, List.of((float) timeMs, Float.NaN), false, false, List.of());
  }

  static GraphSignal signal(String id, long timeMs) {
    return signal(id, timeMs, List.of((float) timeMs, 0f, Float.NaN));
  }

  static GraphSignal signal(String id, long timeMs, List<Float> values) {
    return new GraphSignal(
        id,
        timeMs,
        timeMs,
        "payer",
        AccountRole.PAYER,
        "payee",
        SIGNALS,
        values,
        false,
        null,
        false);
  }
}
