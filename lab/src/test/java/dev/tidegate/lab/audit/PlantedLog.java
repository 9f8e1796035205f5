package dev.tidegate.lab.audit;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Topics in lists, to plant losses and doubles in. */
final class PlantedLog implements TopicLog {
  final Map<Topics, List<SpecificRecord>> events = new EnumMap<>(Topics.class);
  private long wallClock;

  @Override
  public <T extends SpecificRecord> void read(Topics topic, Class<T> type, Consumer<T> reader) {
    events.getOrDefault(topic, List.of()).forEach(event -> reader.accept(type.cast(event)));
  }

  private void add(Topics topic, SpecificRecord event) {
    events.computeIfAbsent(topic, key -> new ArrayList<>()).add(event);
  }

  PlantedLog transaction(String id) {
    add(Topics.TRANSACTIONS, payment(id));
    return this;
  }

  PlantedLog decision(String id, double score) {
    wallClock++;
    add(
        Topics.DECISIONS,
        Decision.newBuilder()
            .setDecisionId("d-" + id)
            .setTransactionId(id)
            .setPayerAccount("a")
            .setEventTimeMs(1)
            .setIngestedAtMs(wallClock)
            .setDecidedAtMs(wallClock)
            .setScore(score)
            .setOutcome(Outcome.APPROVE)
            .setRelease("r")
            .setFeatureDigest("f")
            .setRuleSet("")
            .build());
    return this;
  }

  PlantedLog alert(String alertId, String transactionId) {
    add(
        Topics.ALERTS,
        Alert.newBuilder()
            .setAlertId(alertId)
            .setLane(Lane.FRAUD)
            .setTransaction(payment(transactionId))
            .setCreatedAtMs(1)
            .setScore(0.9)
            .setThreshold(0.5)
            .setOutcome(Outcome.HOLD)
            .setRelease("r")
            .setFeatureDigest("f")
            .setFeatureNames(List.of())
            .setFeatureValues(List.of())
            .build());
    return this;
  }

  PlantedLog vector(String id, float value) {
    wallClock++;
    Transaction payment = Transaction.newBuilder(payment(id)).setIngestedAtMs(wallClock).build();
    add(Topics.FEATURES, new FeatureVector(payment, "f", List.of(value), false, false, List.of()));
    return this;
  }

  PlantedLog rejected(long line) {
    add(
        Topics.TRANSACTIONS_REJECTED,
        Rejected.newBuilder()
            .setSource("test")
            .setSourceOffset(line)
            .setReason("amount-unreadable")
            .setDetail("The amount is not a number.")
            .setRejectedAtMs(1)
            .build());
    return this;
  }

  private static Transaction payment(String id) {
    return Transaction.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(1)
        .setIngestedAtMs(1)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount("a")
        .setAmountMinor(100)
        .setCurrency("EUR")
        .build();
  }
}
