package dev.tidegate.app.trainer;

import dev.tidegate.app.Refused;
import dev.tidegate.app.offline.OffsetBounds;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of a topic up to given offsets, partition by partition in their order; those
 * committed alone. Reads the same records whenever it is asked, while the topic keeps them.
 */
final class TopicSlice {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String kafka;
  private final Topics topic;

  TopicSlice(String kafka, Topics topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  /**
   * What was read.
   *
   * @param records how many
   * @param gone records below the first that the topic still keeps, over all partitions
   */
  record Read(long records, long gone) {}

  /**
   * Tells each record that has a value.
   *
   * @param bounds up to where; unbounded reads to the ends of this moment
   * @throws Refused if Kafka does not answer, or the topic ends before a bound
   */
  Read each(OffsetBounds bounds, Consumer<byte[]> taker) {
    Map<String, Object> config =
        ClientAccess.with(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(consumer, ends(consumer, bounds), taker);
    } catch (KafkaException e) {
      throw new Refused("Kafka at " + kafka + " does not answer: " + e.getMessage());
    }
  }

  private Map<TopicPartition, Long> ends(
      KafkaConsumer<byte[], byte[]> consumer, OffsetBounds bounds) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.topic()).stream()
            .map(found -> new TopicPartition(found.topic(), found.partition()))
            .toList();
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    if (!bounds.bounded()) {
      return ends;
    }
    Map<TopicPartition, Long> asked = new HashMap<>();
    bounds
        .ends()
        .forEach(
            (partition, end) -> {
              TopicPartition of = new TopicPartition(topic.topic(), partition);
              long standing = ends.getOrDefault(of, 0L);
              if (standing < end) {
                throw new Refused(
                    of + " ends at " + standing + ", before the request's offset " + end);
              }
              asked.put(of, end);
            });
    return asked;
  }

  private static Read read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<byte[]> taker) {
    consumer.assign(ends.keySet());
    long gone = 0;
    for (Map.Entry<TopicPartition, Long> begin :
        consumer.beginningOffsets(ends.keySet()).entrySet()) {
      gone += Math.min(begin.getValue(), ends.getOrDefault(begin.getKey(), 0L));
    }
    consumer.seekToBeginning(ends.keySet());
    long records = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
        TopicPartition of = new TopicPartition(found.topic(), found.partition());
        if (found.offset() < ends.getOrDefault(of, 0L) && found.value() != null) {
          taker.accept(found.value());
          records++;
        }
      }
    }
    return new Read(records, gone);
  }
}
