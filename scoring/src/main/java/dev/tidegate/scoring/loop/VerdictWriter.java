package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Verdict;
import dev.tidegate.scoring.release.ScoringLane;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Verdicts to the topics of a lane and [shadow-scores]. An alert is acknowledged before its
 * decision is sent, so that whoever sees a payment held finds the alert; decisions without one do
 * not wait for it. An alert that stands already is not sent again. Not thread safe.
 */
final class VerdictWriter {
  // configuration
  private final Producer<byte[], byte[]> producer;
  private final ScoringLane lane;
  private final EventCodec<Decision> decisionCodec;
  private final EventCodec<Alert> alertCodec;
  private final EventCodec<ShadowScore> shadowCodec;
  private final WrittenIds decisionIds;
  private final WrittenIds alertIds;

  // runtime
  private final List<Future<RecordMetadata>> alertsSent = new ArrayList<>();
  private final List<Future<RecordMetadata>> decisionsSent = new ArrayList<>();
  private final List<Future<RecordMetadata>> shadowsSent = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();

  VerdictWriter(
      Producer<byte[], byte[]> producer,
      ScoringSettings settings,
      WrittenIds decisionIds,
      WrittenIds alertIds) {
    this.producer = producer;
    SchemaRegistry registry = settings.registry();
    this.lane = settings.lane();
    this.decisionCodec = EventCodec.of(lane.decisionTopic(), Decision.class, registry);
    this.alertCodec = EventCodec.of(lane.alertTopic(), Alert.class, registry);
    this.shadowCodec = EventCodec.of(Topics.SHADOW_SCORES, ShadowScore.class, registry);
    this.decisionIds = decisionIds;
    this.alertIds = alertIds;
  }

  /**
   * Publishes a batch and waits until Kafka has acknowledged all of it.
   *
   * @return the alerts sent, until the next call
   * @throws KafkaException if Kafka did not acknowledge a record; some of the batch may stand
   */
  List<Alert> publish(List<Verdict> verdicts) {
    alertsSent.clear();
    alerts.clear();
    shadowsSent.clear();
    decisionsSent.clear();
    for (Verdict verdict : verdicts) {
      Alert alert = verdict.alert();
      if (alert == null) {
        send(verdict.decision());
      } else if (alertIds.claim(EventId.parse(alert.getAlertId()))) {
        alerts.add(alert);
        send(alert);
      }
    }
    await(alertsSent, alertIds::acknowledged);
    for (Verdict verdict : verdicts) {
      verdict.shadows().forEach(this::send);
      if (verdict.alert() != null) {
        send(verdict.decision());
      }
    }
    await(decisionsSent, decisionIds::acknowledged);
    await(shadowsSent, written -> {});
    return alerts;
  }

  private void send(Alert alert) {
    alertsSent.add(send(lane.alertTopic(), alert.getAlertId(), alertCodec.encode(alert)));
  }

  private void send(Decision decision) {
    decisionsSent.add(
        send(lane.decisionTopic(), decision.getTransactionId(), decisionCodec.encode(decision)));
  }

  /** Again after a crash, perhaps; by its key it is one. */
  private void send(ShadowScore score) {
    String key = score.getTransactionId() + ":" + score.getRelease();
    shadowsSent.add(send(Topics.SHADOW_SCORES, key, shadowCodec.encode(score)));
  }

  private Future<RecordMetadata> send(Topics topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(topic.topic(), keyBytes, value));
  }

  private static void await(
      List<Future<RecordMetadata>> sent, Consumer<RecordMetadata> acknowledged) {
    try {
      for (Future<RecordMetadata> one : sent) {
        acknowledged.accept(one.get());
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka did not acknowledge a decision or alert", e.getCause());
    }
  }
}
