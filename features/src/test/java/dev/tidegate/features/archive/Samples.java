package dev.tidegate.features.archive;

import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Events of every table; the event of payment {@code i} is the same at each call. */
final class Samples {
  /** 2018-07-25T00:00Z. */
  static final long START_MS = Instant.parse("2018-07-25T00:00:00Z").toEpochMilli();

  static final long DAY_MS = 86_400_000;

  private Samples() {}

  /** A payment: its currency, its payee and more stay the same with {@code i}. */
  static Transaction payment(int i, long timeMs) {
    return Transaction.newBuilder()
        .setTransactionId("tx-" + i)
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(timeMs + 250)
        .setSource("test")
        .setSourceOffset(i + 1)
        .setPayerAccount("payer-" + i % 17)
        .setPayeeAccount(i % 3 == 0 ? null : "payee-" + i % 5)
        .setCardToken(i % 3 == 0 ? "token-" + i % 17 : null)
        .setTerminalId(i % 3 == 0 ? "terminal-" + i % 7 : null)
        .setAmountMinor(i % 11 == 10 ? -500L : 100L * i + 99)
        .setCurrency(i % 4 == 3 ? "SEK" : "EUR")
        .setChannel(i % 3 == 0 ? "card" : "transfer")
        .build();
  }

  static FeatureVector vector(Transaction payment, int size) {
    Random random = new Random(payment.getTransactionId().hashCode());
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(i % 9 == 8 ? Float.NaN : random.nextFloat() * 1e6f);
    }
    boolean late = payment.getSourceOffset() % 50 == 0;
    return new FeatureVector(payment, "digest", values, late, false, sequences(random));
  }

  /** One of up to 32 rows of 7 numbers, and one of an entity that the payment does not name. */
  private static List<List<Float>> sequences(Random random) {
    List<Float> rows = new ArrayList<>();
    for (int i = 7 * (1 + random.nextInt(32)); i > 0; i--) {
      rows.add(i % 9 == 8 ? Float.NaN : random.nextFloat() * 1e6f);
    }
    return List.of(rows, List.of());
  }

  /** Fraud for each tenth payment, known a week later. */
  static Label label(Transaction payment) {
    boolean fraud = payment.getSourceOffset() % 10 == 0;
    return new Label(
        payment.getTransactionId(),
        payment.getEventTimeMs(),
        payment.getEventTimeMs() + 7 * DAY_MS,
        fraud,
        fraud ? "scenario-1" : null,
        "test");
  }

  /** Declines each twentieth payment. */
  static Decision decision(Transaction payment) {
    boolean declined = payment.getSourceOffset() % 20 == 0;
    return Decision.newBuilder()
        .setDecisionId("d-" + payment.getTransactionId())
        .setTransactionId(payment.getTransactionId())
        .setPayerAccount(payment.getPayerAccount())
        .setEventTimeMs(payment.getEventTimeMs())
        .setIngestedAtMs(payment.getIngestedAtMs())
        .setDecidedAtMs(payment.getIngestedAtMs() + 9)
        .setScore(declined ? 0.99 : 0.01)
        .setOutcome(declined ? Outcome.DECLINE : Outcome.APPROVE)
        .setRelease("release-1")
        .setFeatureDigest("digest")
        .setRuleSet("")
        .setRules(declined ? List.of("big", "night") : List.of())
        .setDegraded(null)
        .build();
  }
}
