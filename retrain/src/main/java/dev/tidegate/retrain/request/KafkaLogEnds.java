package dev.tidegate.retrain.request;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Decision;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Ends of the logs at a broker: one short-lived consumer a question. Event time is that of the last
 * decision of each partition, the newest of them.
 */
public final class KafkaLogEnds implements LogEnds {
  private static final List<Topics> READ =
      List.of(Topics.FEATURES, Topics.LABELS, Topics.DECISIONS);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrap;
  private final SchemaRegistry registry;

  /** At a broker. */
  public KafkaLogEnds(String bootstrap, SchemaRegistry registry) {
    this.bootstrap = bootstrap;
    this.registry = registry;
  }

  @Override
  public Ends now() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            ClientAccess.with(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          READ.stream()
              .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
              .map(found -> new TopicPartition(found.topic(), found.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<String, Long> offsets = new HashMap<>();
      ends.forEach((partition, end) -> offsets.put(partition.toString(), end));
      List<TopicPartition> decisions =
          partitions.stream()
              .filter(partition -> partition.topic().equals(Topics.DECISIONS.topic()))
              .toList();
      return new Ends(offsets, newest(consumer, decisions, ends));
    }
  }

  private long newest(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    EventCodec<Decision> codec = EventCodec.of(Topics.DECISIONS, Decision.class, registry);
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - 1));
    }
    long newest = 0;
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.value() != null) {
          newest = Math.max(newest, codec.decode(record.value()).getEventTimeMs());
        }
      }
    }
    return newest;
  }
}
