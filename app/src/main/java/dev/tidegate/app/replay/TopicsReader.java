package dev.tidegate.app.replay;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the topics of a replay into its ledger, in a thread of its own, from their beginning. */
final class TopicsReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final List<Topics> READ =
      List.of(Topics.TRANSACTIONS, Topics.TRANSACTIONS_REJECTED, Topics.DECISIONS, Topics.ALERTS);

  private final Ledger ledger;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final EventCodec<Transaction> transactions;
  private final EventCodec<Rejected> rejections;
  private final EventCodec<Decision> decisions;
  private final EventCodec<Alert> alerts;
  private final Thread thread;
  private volatile boolean last;
  private volatile @Nullable RuntimeException failure;

  TopicsReader(String bootstrapServers, SchemaRegistry registry, Ledger ledger) {
    this.ledger = ledger;
    this.transactions = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    this.rejections = EventCodec.of(Topics.TRANSACTIONS_REJECTED, Rejected.class, registry);
    this.decisions = EventCodec.of(Topics.DECISIONS, Decision.class, registry);
    this.alerts = EventCodec.of(Topics.ALERTS, Alert.class, registry);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.thread = new Thread(this::run, "replay-reader");
    thread.start();
  }

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          READ.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
              .map(found -> new TopicPartition(found.topic(), found.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!last) {
        consumer.poll(POLL).forEach(this::take);
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> entry) {
    byte[] value = entry.value();
    if (value == null) {
      return;
    }
    if (entry.topic().equals(Topics.TRANSACTIONS.topic())) {
      ledger.accepted(transactions.decode(value));
    } else if (entry.topic().equals(Topics.DECISIONS.topic())) {
      ledger.decided(decisions.decode(value));
    } else if (entry.topic().equals(Topics.ALERTS.topic())) {
      ledger.alerted(alerts.decode(value));
    } else {
      ledger.rejected(rejections.decode(value));
    }
  }

  /** What stopped the reader; null while all is well. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public void close() {
    readToEnd();
  }

  /** Reads what stands in the topics at this moment, then stops; at a second call does nothing. */
  void readToEnd() {
    last = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
