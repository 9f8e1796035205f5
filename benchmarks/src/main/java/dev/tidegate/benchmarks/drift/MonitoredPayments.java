package dev.tidegate.benchmarks.drift;

import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Payments as the topics carry them: each with its vector, its decision and its label, all drawn
 * from a seed and a number. {@value #AN_HOUR} make an hour of event time. Scores are calibrated:
 * fraud comes as often as they say. Immutable.
 */
final class MonitoredPayments {
  /** Payments of an hour. */
  static final int AN_HOUR = 50_000;

  /** Name of the release that decided them. */
  static final String RELEASE = "bench";

  /** Digest of the catalogue of their vectors. */
  static final String DIGEST = DigestUtils.sha256Hex("a catalogue of a measurement");

  private static final int VECTORS = 4_096;
  private static final int ACCOUNTS = 50_000;
  private static final double EMPTY = 0.02;
  private static final double MOST = 0.02;
  private static final double STOPPED_ABOVE = 0.0199;
  private static final double LATE = 0.001;
  private static final long BEGIN_MS = 1_767_225_600_000L; // 2026-01-01
  private static final List<String> COUNTRIES = List.of("DE", "FR", "NL", "PL", "US");
  private static final List<String> CHANNELS = List.of("card", "web", "atm");
  private static final List<String> TRADES = List.of("5411", "5812", "5999", "4111");

  private final long seed;
  private final List<List<Float>> values = new ArrayList<>();

  MonitoredPayments(int features, long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    for (int v = 0; v < VECTORS; v++) {
      List<Float> vector = new ArrayList<>();
      for (int f = 0; f < features; f++) {
        vector.add(random.nextDouble() < EMPTY ? Float.NaN : (float) random.nextDouble());
      }
      values.add(vector);
    }
  }

  /** Features of a vector. */
  int features() {
    return values.get(0).size();
  }

  /** Vectors that differ. */
  int different() {
    return VECTORS;
  }

  private SplittableRandom of(long number) {
    return new SplittableRandom(seed + number);
  }

  private static long timeMs(long number) {
    return BEGIN_MS + number * HourOfWeek.HOUR_MS / AN_HOUR;
  }

  private static String id(long number) {
    return "0197a3c2-5b1e-7c00-8000-" + (100_000_000_000L + number);
  }

  /** The payment of a number. */
  Transaction payment(long number) {
    SplittableRandom random = of(number);
    return Transaction.newBuilder()
        .setTransactionId(id(number))
        .setEventTimeMs(timeMs(number))
        .setIngestedAtMs(timeMs(number))
        .setSource("bench")
        .setSourceOffset(number)
        .setPayerAccount("account-" + random.nextInt(ACCOUNTS))
        .setPayeeAccount("account-" + random.nextInt(ACCOUNTS))
        .setAmountMinor(1 + random.nextInt(100_000))
        .setCurrency("EUR")
        .setMerchantId("merchant-" + random.nextInt(1_000))
        .setMerchantCategory(TRADES.get(random.nextInt(TRADES.size())))
        .setDeviceId("device-" + random.nextInt(ACCOUNTS))
        .setPayerCountry(COUNTRIES.get(random.nextInt(COUNTRIES.size())))
        .setPayeeCountry(COUNTRIES.get(random.nextInt(COUNTRIES.size())))
        .setChannel(CHANNELS.get(random.nextInt(CHANNELS.size())))
        .build();
  }

  /** Its vector. */
  FeatureVector vector(long number) {
    return new FeatureVector(
        payment(number), DIGEST, values(number), of(~number).nextDouble() < LATE, false, List.of());
  }

  /** Values of its vector. */
  List<Float> values(long number) {
    return values.get((int) (number % VECTORS));
  }

  /** Its score, mostly low: a quarter of {@value #MOST} on average. */
  double score(long number) {
    return MOST * Math.pow(of(-number).nextDouble(), 3);
  }

  /** Its decision. */
  Decision decision(long number) {
    double score = score(number);
    return Decision.newBuilder()
        .setDecisionId(DigestUtils.sha256Hex(id(number)))
        .setTransactionId(id(number))
        .setPayerAccount(payment(number).getPayerAccount())
        .setEventTimeMs(timeMs(number))
        .setIngestedAtMs(timeMs(number))
        .setDecidedAtMs(timeMs(number))
        .setScore(score)
        .setOutcome(score > STOPPED_ABOVE ? Outcome.HOLD : Outcome.APPROVE)
        .setRelease(RELEASE)
        .setFeatureDigest(DIGEST)
        .setRuleSet("")
        .build();
  }

  /** Its label, known half an hour after it. */
  Label label(long number) {
    boolean fraud = of(number ^ Long.MIN_VALUE).nextDouble() < score(number);
    return new Label(
        id(number),
        timeMs(number),
        timeMs(number) + HourOfWeek.HOUR_MS / 2,
        fraud,
        null,
        "chargeback");
  }
}
