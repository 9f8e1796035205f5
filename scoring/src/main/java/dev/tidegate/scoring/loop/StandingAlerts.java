package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Verdict;
import dev.tidegate.scoring.release.ScoringLane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that stand without their decision, as a scorer leaves them that ends between the two. The
 * decision that is still due says what the alert says, whoever decides by then: an analyst never
 * sees an alert by one release over a decision by another. Not thread safe.
 */
final class StandingAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(StandingAlerts.class);
  private static final int MOST = 10_000;

  private final ScoringLane lane;
  private final EventCodec<Alert> codec;
  private final Predicate<EventId> decided;
  private final BiConsumer<EventId, Alert> also;
  private final Map<String, Alert> byPayment = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param decided true for the id of a decision that stands
   * @param also told each scorer's alert that is read
   */
  StandingAlerts(
      ScoringSettings settings, Predicate<EventId> decided, BiConsumer<EventId, Alert> also) {
    this.lane = settings.lane();
    this.codec = EventCodec.of(lane.alertTopic(), Alert.class, settings.registry());
    this.decided = decided;
    this.also = also;
  }

  /** Takes a record of the lane's alerts; decisions must have been read up to now. */
  void read(EventId id, byte[] value) {
    try {
      Alert alert = codec.decode(value);
      String payment = alert.getTransaction().getTransactionId();
      if (!EventId.alert(lane, alert.getLane(), payment).equals(id)) {
        return; // of another stage
      }
      also.accept(id, alert);
      if (!decided.test(EventId.decision(lane, payment))) {
        keep(payment, alert);
      }
    } catch (RuntimeException e) { // an unknown schema, or damaged Avro: any unchecked exception
      LOG.warn("alert {} cannot be read: {}", id.hex(), e.getMessage());
    }
  }

  private void keep(String payment, Alert alert) {
    byPayment.putIfAbsent(payment, alert);
    if (byPayment.size() > MOST) {
      byPayment.remove(byPayment.keySet().iterator().next());
    }
  }

  /** Forgets alerts whose decisions, perhaps another scorer's, have come to stand. */
  void forgetDecided() {
    byPayment.keySet().removeIf(payment -> decided.test(EventId.decision(lane, payment)));
  }

  /**
   * The verdicts, with what standing alerts say in the place of what was made of their payments.
   */
  List<Verdict> answer(List<Verdict> verdicts) {
    return byPayment.isEmpty() ? verdicts : verdicts.stream().map(this::answer).toList();
  }

  private Verdict answer(Verdict verdict) {
    Alert alert = byPayment.remove(verdict.payment().getTransactionId());
    return alert == null
        ? verdict
        : verdict.answering(decision(alert, verdict.decision().getDecidedAtMs()));
  }

  private Decision decision(Alert alert, long decidedAtMs) {
    Transaction payment = alert.getTransaction();
    return new Decision(
        EventId.decision(lane, payment.getTransactionId()).hex(),
        payment.getTransactionId(),
        payment.getPayerAccount(),
        payment.getEventTimeMs(),
        payment.getIngestedAtMs(),
        decidedAtMs,
        alert.getScore(),
        alert.getOutcome(),
        alert.getRelease(),
        alert.getFeatureDigest(),
        alert.getRuleSet(),
        alert.getRules(),
        alert.getDegraded());
  }
}
