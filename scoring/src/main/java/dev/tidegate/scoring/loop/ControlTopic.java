package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic of control events, read whole at start and then as it grows, outside of any group. Not
 * thread safe.
 */
final class ControlTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Topics topic;
  private final Consumer<byte[], byte[]> consumer;
  private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker;

  /**
   * A topic of which nothing is read yet.
   *
   * @param consumer of no group, for this object alone
   * @param taker of each record
   */
  ControlTopic(
      Topics topic,
      Consumer<byte[], byte[]> consumer,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    this.topic = topic;
    this.consumer = consumer;
    this.taker = taker;
  }

  /**
   * Reads all that stands.
   *
   * @param goOn asked between polls; false gives up early
   * @throws IllegalStateException if the topic does not exist
   */
  void readAll(BooleanSupplier goOn) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.topic()).stream()
            .map(found -> new TopicPartition(found.topic(), found.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException(
          "topic " + topic.topic() + " does not exist; create the catalogue's topics first");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (goOn.getAsBoolean()
        && partitions.stream()
            .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
      consumer.poll(POLL).forEach(taker);
    }
  }

  /** Reads what has come since, and waits for nothing. */
  void readNew() {
    consumer.poll(Duration.ZERO).forEach(taker);
  }

  /** The key as text; empty without one. */
  static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
