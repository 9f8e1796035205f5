package dev.tidegate.ingest.publish;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a feed's topics back from the broker; a consumer of no group, opened for each call. */
final class KafkaFeedLog implements FeedLog {
  private static final List<Topics> TOPICS =
      List.of(Topics.TRANSACTIONS, Topics.TRANSACTIONS_REJECTED, Topics.LABELS);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Object> connection;
  private final EventCodec<Transaction> transactions;
  private final EventCodec<Label> labels;

  KafkaFeedLog(Map<String, Object> connection, SchemaRegistry registry) {
    this.connection = connection;
    this.transactions = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    this.labels = EventCodec.of(Topics.LABELS, Label.class, registry);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(connection);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Map<String, Map<Integer, Long>> ends() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Map<String, Map<Integer, Long>> ends = new TreeMap<>();
      consumer
          .endOffsets(partitions(consumer))
          .forEach(
              (partition, offset) ->
                  ends.computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                      .put(partition.partition(), offset));
      return ends;
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topics topic : TOPICS) {
      List<PartitionInfo> known = consumer.partitionsFor(topic.topic());
      if (known == null || known.isEmpty()) {
        throw new FeedException("there is no topic " + topic.topic() + "; create the topics first");
      }
      known.forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
    }
    return partitions;
  }

  @Override
  public Published readBack(String source, Map<String, Map<Integer, Long>> from) {
    Published published = new Published();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      for (TopicPartition partition : partitions) {
        consumer.seek(partition, start(from, partition));
      }
      while (!atEnds(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          note(record, source, published);
        }
      }
    }
    return published;
  }

  private static long start(Map<String, Map<Integer, Long>> from, TopicPartition partition) {
    return from.getOrDefault(partition.topic(), Map.of()).getOrDefault(partition.partition(), 0L);
  }

  private static boolean atEnds(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (consumer.position(end.getKey()) < end.getValue()) {
        return false;
      }
    }
    return true;
  }

  private void note(ConsumerRecord<byte[], byte[]> record, String source, Published published) {
    if (record.value() == null) {
      return;
    }
    if (record.topic().equals(Topics.TRANSACTIONS.topic())) {
      Transaction transaction = transactions.decode(record.value());
      if (source.equals(transaction.getSource())) {
        published.transaction(transaction.getTransactionId());
      }
    } else if (record.topic().equals(Topics.LABELS.topic())) {
      Label label = labels.decode(record.value());
      if (source.equals(label.getOrigin())) {
        published.label(label.getTransactionId());
      }
    } else {
      published.rejected(new String(record.key(), StandardCharsets.UTF_8));
    }
  }
}
