package dev.tidegate.benchmarks.job;

import dev.tidegate.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How many records a topic has; asked of the broker, nothing is read. Not thread safe. */
final class TopicEnds implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  TopicEnds(String bootstrapServers, Topics topic) {
    consumer = consumer(bootstrapServers);
    partitions = partitions(topic);
  }

  /** A consumer without a group. */
  static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "enable.auto.commit",
            "false",
            "fetch.max.wait.ms",
            "20"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** All partitions of a topic. */
  static List<TopicPartition> partitions(Topics topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(partition -> new TopicPartition(topic.topic(), partition))
        .toList();
  }

  /** Records on all partitions together. */
  long count() {
    return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
