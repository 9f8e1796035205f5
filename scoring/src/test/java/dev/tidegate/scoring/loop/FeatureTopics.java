package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.release.ScoringLane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics around a scorer, seen from outside it: feeds one, reads the others raw. */
final class FeatureTopics implements AutoCloseable {
  private final String bootstrapServers;
  private final SchemaRegistry registry;
  private final Producer<byte[], byte[]> producer;
  private final EventCodec<FeatureVector> vectors;

  FeatureTopics(String bootstrapServers, SchemaRegistry registry) {
    this.bootstrapServers = bootstrapServers;
    this.registry = registry;
    this.vectors = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes vectors and waits until they stand. */
  void feed(Stream<FeatureVector> feed) {
    feed(Topics.FEATURES, vectors, feed);
  }

  /** Writes vectors of a lane and waits until they stand. */
  void feed(ScoringLane lane, Stream<FeatureVector> feed) {
    feed(lane.vectors(), EventCodec.of(lane.vectors(), FeatureVector.class, registry), feed);
  }

  private void feed(Topics topic, EventCodec<FeatureVector> codec, Stream<FeatureVector> feed) {
    feed.forEach(
        vector -> put(topic, vector.getTransaction().getPayerAccount(), codec.encode(vector)));
    producer.flush();
  }

  void put(Topics topic, String key, byte[] value) {
    // A lost record would show in every test as one undecided payment.
    var unused =
        producer.send(
            new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  void flush() {
    producer.flush();
  }

  /** Every record of a topic from its beginning to its end now, repetitions included. */
  <T extends SpecificRecord> List<T> all(Topics topic, Class<T> type) {
    try (Tail<T> tail = tail(topic, type)) {
      return tail.all();
    }
  }

  /** A topic that is read on from where it was read to. */
  <T extends SpecificRecord> Tail<T> tail(Topics topic, Class<T> type) {
    return new Tail<>(
        topic,
        EventCodec.of(topic, type, registry),
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()));
  }

  /** What stands on a topic; not thread safe. */
  static final class Tail<T extends SpecificRecord> implements AutoCloseable {
    private final EventCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<T> events = new ArrayList<>();

    private Tail(Topics topic, EventCodec<T> codec, KafkaConsumer<byte[], byte[]> consumer) {
      this.codec = codec;
      this.consumer = consumer;
      this.partitions =
          consumer.partitionsFor(topic.topic()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
    }

    /** Every record up to now. */
    List<T> all() {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> events.add(codec.decode(record.value())));
      }
      return events;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  /** Records that a group has not committed yet. */
  long uncommitted(String group) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> left =
          new HashMap<>(
              consumer.endOffsets(
                  consumer.partitionsFor(Topics.FEATURES.topic()).stream()
                      .map(p -> new TopicPartition(p.topic(), p.partition()))
                      .collect(Collectors.toSet())));
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      committed.forEach((partition, at) -> left.merge(partition, -at.offset(), Long::sum));
      return left.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
