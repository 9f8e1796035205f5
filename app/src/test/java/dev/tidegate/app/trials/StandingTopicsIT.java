package dev.tidegate.app.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a real broker's topics, and in which order. Their times are told by the test. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class StandingTopicsIT {
  private static final String DECISIONS = "many";
  private static final String LABELS = "few";
  private static final long MINUTE = 60_000;
  private static final long BASE = 1_700_000_000_000L;

  /** A slice at this span: a hundredth of it is less than the least. */
  private static final long SLICE = MINUTE;

  @TempDir private Path directory;

  @Test
  void shouldReadTopicsFromATimeOnSliceAfterSlice() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      write(kafka);
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
        read(consumer, kafka);
      }
    }
  }

  private static void read(KafkaConsumer<byte[], byte[]> consumer, EmbeddedKafka kafka)
      throws Exception {
    long from = BASE + 10 * MINUTE;
    Map<String, List<Long>> taken = new HashMap<>();
    Map<String, StandingTopics.Taker> takers = new LinkedHashMap<>();
    for (String topic : List.of(DECISIONS, LABELS)) {
      List<Long> own = new ArrayList<>();
      taken.put(topic, own);
      takers.put(topic, found -> own.add(found.timestamp()));
    }
    StandingTopics topics = new StandingTopics(consumer, takers.keySet(), () -> false);
    send(kafka, LABELS, BASE + 60 * MINUTE, 1); // too late for the start
    List<Long> bounds = new ArrayList<>();
    topics.readFrom(
        takers,
        from,
        BASE + 60 * MINUTE,
        () -> {
          long bound = from + SLICE * (bounds.size() + 1);
          bounds.add(bound);
          taken.forEach(
              (topic, times) -> assertThat(times).as(topic).hasSize(expected(topic, from, bound)));
        });

    assertThat(bounds).hasSize(50);
    taken.values().forEach(times -> assertThat(times).allMatch(time -> time >= from));
    topics.goOn();
    List<Long> after = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(100))) {
                after.add(found.timestamp());
              }
              assertThat(after).containsExactly(BASE + 60 * MINUTE);
            });
  }

  /** Of an hour: forty a second of the one, one in six seconds of the other. */
  private static int expected(String topic, long from, long to) {
    return Math.toIntExact((to - from) / step(topic));
  }

  private static long step(String topic) {
    return topic.equals(DECISIONS) ? 25 : 6_000;
  }

  private static void write(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<String, String> times =
          Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1");
      admin
          .createTopics(
              List.of(
                  new NewTopic(DECISIONS, 3, (short) 1).configs(times),
                  new NewTopic(LABELS, 2, (short) 1).configs(times)))
          .all()
          .get();
    }
    for (String topic : List.of(DECISIONS, LABELS)) {
      send(kafka, topic, BASE, Math.toIntExact(60 * MINUTE / step(topic)));
    }
  }

  private static void send(EmbeddedKafka kafka, String topic, long fromMs, int count)
      throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      for (int i = 0; i < count; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(
                    topic, i % partitions, fromMs + i * step(topic), null, new byte[16]));
      }
      producer.flush();
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedKafka kafka) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "enable.auto.commit",
            false,
            "isolation.level",
            "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
