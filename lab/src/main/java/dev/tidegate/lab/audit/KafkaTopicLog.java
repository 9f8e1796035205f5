package dev.tidegate.lab.audit;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The topics of a broker, read without a group from the first record to the end as of the call;
 * records of open or aborted transactions are not seen. Thread safe: each read has its own
 * consumer.
 */
public final class KafkaTopicLog implements TopicLog {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;
  private final SchemaRegistry registry;

  /**
   * For a broker and the registry whose ids stand in its records.
   *
   * @param bootstrapServers {@code host:port}
   */
  public KafkaTopicLog(String bootstrapServers, SchemaRegistry registry) {
    this.bootstrapServers = bootstrapServers;
    this.registry = registry;
  }

  @Override
  public <T extends SpecificRecord> void read(Topics topic, Class<T> type, Consumer<T> reader) {
    EventCodec<T> codec = EventCodec.of(topic, type, registry);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.topic()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (!isAtEnd(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
          long end = ends.getOrDefault(new TopicPartition(read.topic(), read.partition()), 0L);
          if (read.value() != null && read.offset() < end) {
            reader.accept(codec.decode(read.value()));
          }
        }
      }
    }
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
