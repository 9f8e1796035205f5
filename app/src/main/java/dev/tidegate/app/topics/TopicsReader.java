package dev.tidegate.app.topics;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics from outside, in a thread of its own and without a consumer group, and hands each
 * event to its taker. Takers are called from that thread alone. Records without a value are passed
 * over.
 */
public final class TopicsReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers;
  private final List<TopicPartition> partitions;
  private final Thread thread;
  private volatile boolean last;
  private volatile @Nullable RuntimeException failure;

  private TopicsReader(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers) {
    this.consumer = consumer;
    this.takers = takers;
    this.partitions =
        takers.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(found -> new TopicPartition(found.topic(), found.partition()))
            .toList();
    this.thread = new Thread(this::run, "topics-reader");
  }

  /** Who takes which events. */
  public static final class Takers {
    private final SchemaRegistry registry;
    private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> byTopic = new HashMap<>();

    /** Nobody yet; the registry knows the schemas of what will be read. */
    public Takers(SchemaRegistry registry) {
      this.registry = registry;
    }

    /** Events of that topic go to that taker. */
    public <T extends SpecificRecord> Takers on(Topics topic, Class<T> type, Consumer<T> taker) {
      return onRecords(topic, type, (event, headers) -> taker.accept(event));
    }

    /** Events of that topic go to that taker with the headers of their records. */
    public <T extends SpecificRecord> Takers onRecords(
        Topics topic, Class<T> type, BiConsumer<T, Headers> taker) {
      EventCodec<T> codec = EventCodec.of(topic, type, registry);
      byTopic.put(
          topic.topic(), entry -> taker.accept(codec.decode(entry.value()), entry.headers()));
      return this;
    }
  }

  /** Starts to read with the first record of each topic. */
  public static TopicsReader fromBeginning(String bootstrapServers, Takers takers) {
    return start(bootstrapServers, takers, KafkaConsumer::seekToBeginning);
  }

  /** Starts to read with the first record that is written after this call began. */
  public static TopicsReader fromEnd(String bootstrapServers, Takers takers) {
    return start(bootstrapServers, takers, KafkaConsumer::seekToEnd);
  }

  private interface Seek {
    void in(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions);
  }

  private static TopicsReader start(String bootstrapServers, Takers takers, Seek seek) {
    KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers);
    try {
      TopicsReader reader = new TopicsReader(consumer, Map.copyOf(takers.byTopic));
      consumer.assign(reader.partitions);
      seek.in(consumer, reader.partitions);
      // A seek is carried out when the position is asked for.
      reader.partitions.forEach(consumer::position);
      reader.thread.start();
      return reader;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
    Map<String, Object> config = new HashMap<>(ClientAccess.kafka());
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
    // Control events come in transactions with their audit.
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void run() {
    try (consumer) {
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
    Consumer<ConsumerRecord<byte[], byte[]>> taker = takers.get(entry.topic());
    if (taker != null && entry.value() != null) {
      taker.accept(entry);
    }
  }

  /** What stopped the reader; null while all is well. */
  public @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public void close() {
    readToEnd();
  }

  /** Reads what stands in the topics at this moment, then stops; at a second call does nothing. */
  public void readToEnd() {
    last = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
