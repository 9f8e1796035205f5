package dev.tidegate.ingest.publish;

import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the door lets in to the topics, in order, each record once as long as the process
 * lives (idempotent producer, acks=all). A failed record fails the next call. One thread calls.
 */
public final class TransactionPublisher implements AutoCloseable {
  // configuration
  private final Producer<byte[], byte[]> producer;
  private final EventCodec<Transaction> transactions;
  private final EventCodec<Rejected> rejections;
  private final EventCodec<Label> labels;
  private final int partitions;

  // runtime
  private final Map<TopicPartition, Long> acknowledged = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Callback noting = this::noted;

  /**
   * A publisher on a broker.
   *
   * @param connection {@code bootstrap.servers} and what else it takes to connect
   * @param registry where the schemas have their numbers
   */
  public TransactionPublisher(Map<String, Object> connection, SchemaRegistry registry) {
    this(producer(connection), registry);
  }

  TransactionPublisher(Producer<byte[], byte[]> producer, SchemaRegistry registry) {
    this.producer = producer;
    this.transactions = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    this.rejections = EventCodec.of(Topics.TRANSACTIONS_REJECTED, Rejected.class, registry);
    this.labels = EventCodec.of(Topics.LABELS, Label.class, registry);
    this.partitions = producer.partitionsFor(Topics.TRANSACTIONS.topic()).size();
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> connection) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
    config.putAll(connection);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Publishes a payment. */
  public void publish(Transaction transaction) {
    send(Topics.TRANSACTIONS, transaction.getPayerAccount(), transactions.encode(transaction));
  }

  /** Publishes a label. */
  public void publish(Label label) {
    send(Topics.LABELS, label.getTransactionId(), labels.encode(label));
  }

  /** Publishes a rejection. */
  public void publish(Rejected rejected) {
    send(Topics.TRANSACTIONS_REJECTED, key(rejected), rejections.encode(rejected));
  }

  /** The key of a rejection: {@code source:offset}. */
  static String key(Rejected rejected) {
    return rejected.getSource() + ":" + rejected.getSourceOffset();
  }

  /** Tells every partition that no payment earlier than a time follows from this door. */
  public void heartbeat(long eventTimeMs) {
    for (int partition = 0; partition < partitions; partition++) {
      send(Heartbeat.record(partition, eventTimeMs));
    }
  }

  private void send(Topics topic, String key, byte[] value) {
    send(new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    refuseFailed();
    try {
      // The callback sees the outcome.
      var unused = producer.send(record, noting);
    } catch (KafkaException e) {
      throw new FeedException("cannot publish to " + record.topic() + ": " + e.getMessage(), e);
    }
  }

  private void noted(RecordMetadata metadata, @Nullable Exception error) {
    if (error != null) {
      failure.compareAndSet(null, error);
      return;
    }
    TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
    acknowledged.merge(partition, metadata.offset() + 1, Math::max);
  }

  private void refuseFailed() {
    Exception error = failure.get();
    if (error != null) {
      throw new FeedException("the broker did not take a record: " + error.getMessage(), error);
    }
  }

  /**
   * Waits until everything is acknowledged.
   *
   * @return next offset of every partition that was written to: topic -> partition -> offset
   * @throws FeedException if a record failed
   */
  public Map<String, Map<Integer, Long>> flush() {
    producer.flush();
    refuseFailed();
    Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
    acknowledged.forEach(
        (partition, offset) ->
            offsets
                .computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                .put(partition.partition(), offset));
    return offsets;
  }

  @Override
  public void close() {
    producer.close();
  }
}
