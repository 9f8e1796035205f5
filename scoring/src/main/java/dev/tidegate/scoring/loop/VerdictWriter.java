package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Verdicts to [alerts] and [decisions]. An alert is acknowledged before its decision is sent, so
 * that whoever sees a payment held finds the alert; decisions without one do not wait for it. An
 * alert that stands already is not sent again. Not thread safe.
 */
final class VerdictWriter {
  // configuration
  private final Producer<byte[], byte[]> producer;
  private final EventCodec<Decision> decisionCodec;
  private final EventCodec<Alert> alertCodec;
  private final WrittenIds decisionIds;
  private final WrittenIds alertIds;

  // runtime
  private final List<Future<RecordMetadata>> alertsSent = new ArrayList<>();
  private final List<Future<RecordMetadata>> decisionsSent = new ArrayList<>();

  VerdictWriter(
      Producer<byte[], byte[]> producer,
      SchemaRegistry registry,
      WrittenIds decisionIds,
      WrittenIds alertIds) {
    this.producer = producer;
    this.decisionCodec = EventCodec.of(Topics.DECISIONS, Decision.class, registry);
    this.alertCodec = EventCodec.of(Topics.ALERTS, Alert.class, registry);
    this.decisionIds = decisionIds;
    this.alertIds = alertIds;
  }

  /**
   * Publishes a batch and waits until Kafka has acknowledged all of it.
   *
   * @return number of alerts sent
   * @throws KafkaException if Kafka did not acknowledge a record; some of the batch may stand
   */
  int publish(List<Verdict> verdicts) {
    alertsSent.clear();
    decisionsSent.clear();
    for (Verdict verdict : verdicts) {
      Alert alert = verdict.alert();
      if (alert == null) {
        send(verdict.decision());
      } else if (alertIds.claim(EventId.parse(alert.getAlertId()))) {
        send(alert);
      }
    }
    await(alertsSent, alertIds);
    for (Verdict verdict : verdicts) {
      if (verdict.alert() != null) {
        send(verdict.decision());
      }
    }
    await(decisionsSent, decisionIds);
    return alertsSent.size();
  }

  private void send(Alert alert) {
    alertsSent.add(send(Topics.ALERTS, alert.getAlertId(), alertCodec.encode(alert)));
  }

  private void send(Decision decision) {
    decisionsSent.add(
        send(Topics.DECISIONS, decision.getTransactionId(), decisionCodec.encode(decision)));
  }

  private Future<RecordMetadata> send(Topics topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(topic.topic(), keyBytes, value));
  }

  private static void await(List<Future<RecordMetadata>> sent, WrittenIds ids) {
    try {
      for (Future<RecordMetadata> one : sent) {
        ids.acknowledged(one.get());
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("Kafka did not acknowledge a decision or alert", e.getCause());
    }
  }
}
