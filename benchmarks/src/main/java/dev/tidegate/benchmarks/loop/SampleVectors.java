package dev.tidegate.benchmarks.loop;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.release.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Vectors like those a release was made on: its golden ones, drawn with a seed so that one in two
 * hundred is alerted, each under a payment of its own.
 */
final class SampleVectors {
  private static final int ALERTED_IN = 200;
  private static final int ACCOUNTS = 50_000;

  private final Manifest manifest;
  private final Random random;
  private final List<List<Float>> calm = new ArrayList<>();
  private final List<List<Float>> alerted = new ArrayList<>();
  private long made;

  SampleVectors(Manifest manifest, long seed) {
    this.manifest = manifest;
    this.random = new Random(seed);
    for (int i = 0; i < manifest.golden().vectors().size(); i++) {
      boolean high = manifest.golden().scores().get(i) >= manifest.threshold();
      (high ? alerted : calm).add(manifest.golden().vectors().get(i));
    }
    if (calm.isEmpty()) {
      throw new IllegalArgumentException("every golden vector of the release is alerted");
    }
  }

  /** How many were made. */
  long made() {
    return made;
  }

  /** Values of one row. */
  List<Float> values() {
    List<List<Float>> from = alerted.isEmpty() || random.nextInt(ALERTED_IN) != 0 ? calm : alerted;
    return from.get(random.nextInt(from.size()));
  }

  /** The next vector; its number is its source's offset. */
  FeatureVector next(long ingestedAtMs) {
    long number = made++;
    Transaction payment =
        Transaction.newBuilder()
            .setTransactionId("bench-" + number)
            .setEventTimeMs(ingestedAtMs)
            .setIngestedAtMs(ingestedAtMs)
            .setSource("bench")
            .setSourceOffset(number)
            .setPayerAccount("account-" + random.nextInt(ACCOUNTS))
            .setPayeeAccount("account-" + random.nextInt(ACCOUNTS))
            .setAmountMinor(1 + random.nextInt(100_000))
            .setCurrency("EUR")
            .build();
    return new FeatureVector(payment, manifest.featureDigest(), values(), false, false, List.of());
  }
}
