package dev.tidegate.console.intake;

import dev.tidegate.schemas.access.ClientAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Ways to one topic of Kafka: what it is, and a consumer that stands where reading goes on. Kafka's
 * own group membership is not used; positions come from the caller.
 */
final class LogAccess {
  private static final Duration ASK = Duration.ofSeconds(5);
  private static final int BATCH = 1000;

  private final String bootstrapServers;
  private final String topic;
  private final boolean committed;

  LogAccess(String bootstrapServers, String topic) {
    this(bootstrapServers, topic, false);
  }

  private LogAccess(String bootstrapServers, String topic, boolean committed) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.committed = committed;
  }

  /** To a topic that is written in transactions: what was withdrawn is not read. */
  static LogAccess committed(String bootstrapServers, String topic) {
    return new LogAccess(bootstrapServers, topic, true);
  }

  String topic() {
    return topic;
  }

  /** A client that asks about the topic; closing it cuts {@link #describe} short. */
  Admin admin() {
    Properties properties = ClientAccess.kafkaProperties();
    int millis = Math.toIntExact(ASK.toMillis());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    return Admin.create(properties);
  }

  /**
   * The topic's id and partitions.
   *
   * @throws KafkaException if Kafka does not answer
   * @throws ExecutionException if it refuses, or there is no such topic
   */
  TopicDescription describe(Admin admin) throws ExecutionException, InterruptedException {
    try {
      TopicDescription description =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(ASK.toMillis(), TimeUnit.MILLISECONDS)
              .get(topic);
      if (description == null) {
        throw new KafkaException("there is no topic " + topic);
      }
      return description;
    } catch (TimeoutException e) {
      throw silent(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw silent(e);
      }
      throw e;
    }
  }

  /** A consumer that is assigned nothing yet. */
  KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = ClientAccess.kafkaProperties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, AlertIntake.GROUP);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    properties.put(
        ConsumerConfig.ISOLATION_LEVEL_CONFIG, committed ? "read_committed" : "read_uncommitted");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return new KafkaConsumer<>(properties);
  }

  /**
   * Assigns all partitions.
   *
   * @param positions next offset by partition; one that is absent begins where {@code begin} says
   * @param begin which records matter; those before are not read
   * @return where each partition ends now
   */
  static Map<TopicPartition, Long> assign(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicDescription topic,
      Map<Integer, Long> positions,
      Begin begin) {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> since = since(consumer, partitions, begin);
    for (TopicPartition partition : partitions) {
      Long next = positions.get(partition.partition());
      long first = begins.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, first);
      long wanted = Math.min(end - begin.newest, since.getOrDefault(partition, end));
      consumer.seek(partition, next == null ? Math.max(first, wanted) : next);
    }
    return ends;
  }

  /** First record of each partition since a time; a partition without one is absent. */
  private static Map<TopicPartition, Long> since(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Begin begin) {
    Map<TopicPartition, Long> found = new HashMap<>();
    if (begin.sinceMs != null) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, begin.sinceMs));
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, at) -> {
                if (at != null) {
                  found.put(partition, at.offset());
                }
              });
    }
    return found;
  }

  /**
   * Which records of a partition matter: so many at its end, and all since a time.
   *
   * @param newest records at its end
   * @param sinceMs time of the log from which on all matter; null for none
   */
  record Begin(long newest, @Nullable Long sinceMs) {
    /** All. */
    static final Begin FIRST = new Begin(Long.MAX_VALUE / 2, null);
  }

  private String clientId() {
    return "console-" + topic;
  }

  private KafkaException silent(Exception cause) {
    return new KafkaException("Kafka at " + bootstrapServers + " does not answer", cause);
  }
}
