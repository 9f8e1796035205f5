package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.release.ReleaseFixtures;
import java.util.List;

/** Feature vectors for tests. */
public final class Vectors {
  private Vectors() {}

  /** A vector of the fixture releases' feature set. */
  public static FeatureVector of(String transactionId, Float... values) {
    return of(transactionId, ReleaseFixtures.FEATURES, List.of(values));
  }

  /** A vector of the fixture releases' feature set with one sequence. */
  public static FeatureVector sequence(
      String transactionId, List<Float> values, List<Float> events) {
    FeatureVector vector = of(transactionId, ReleaseFixtures.FEATURES, values);
    return new FeatureVector(
        vector.getTransaction(),
        vector.getFeatureDigest(),
        vector.getValues(),
        false,
        false,
        List.of(events));
  }

  /** A vector of any feature set. */
  public static FeatureVector of(String transactionId, String digest, List<Float> values) {
    Transaction payment =
        Transaction.newBuilder()
            .setTransactionId(transactionId)
            .setEventTimeMs(1_700_000_000_000L)
            .setIngestedAtMs(1_800_000_000_000L)
            .setSource("simulator")
            .setSourceOffset(1)
            .setPayerAccount("payer-" + transactionId)
            .setMerchantId("merchant-1")
            .setAmountMinor(12_345)
            .setCurrency("EUR")
            .build();
    return new FeatureVector(payment, digest, values, false, false, List.of());
  }
}
