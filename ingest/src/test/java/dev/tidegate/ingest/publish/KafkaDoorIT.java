package dev.tidegate.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed against a real broker, killed in the middle more than once. */
class KafkaDoorIT {
  private static final int ROWS = 60_000;

  @TempDir Path folder;

  private Path csv() throws IOException {
    StringBuilder text = new StringBuilder("id,t,a,p,f\n");
    for (int i = 0; i < ROWS; i++) {
      if (i % 100 == 99) {
        text.append("damaged\n");
      } else {
        text.append('x').append(i).append(",2026-01-01T");
        text.append(String.format(Locale.ROOT, "%02d:%02d:%02dZ,", i / 3600, i / 60 % 60, i % 60));
        text.append(i).append(",p").append(i % 977).append(i % 50 == 0 ? ",1\n" : ",0\n");
      }
    }
    return Files.writeString(folder.resolve("bank.csv"), text);
  }

  private Process feed(EmbeddedKafka broker, Path file, String rate) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dtidegate.home=" + System.getProperty("tidegate.home", ".."),
            FeedMain.class.getName(),
            broker.bootstrapServers(),
            file.toString(),
            folder.resolve("positions").toString(),
            rate)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("feed.log").toFile())
        .start();
  }

  private static Map<String, Object> connection(EmbeddedKafka broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static long records(EmbeddedKafka broker) {
    return new KafkaFeedLog(connection(broker), FeedMain.registry())
        .ends().get(Topics.TRANSACTIONS.topic()).values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void shouldLoseAndDoubleNothingOverKills() throws Exception {
    Path file = csv();
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("broker"))) {
      broker.createTopics();
      for (int kill = 1; kill <= 3; kill++) {
        long until = records(broker) + 9_000;
        // So slow that half of the file is left over the three, whatever passes before a kill.
        Process process = feed(broker, file, "3000");
        await()
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> records(broker) > until);
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      }
      Process last = feed(broker, file, "0");
      assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
      String said = Files.readString(folder.resolve("feed.log"));
      assertThat(last.exitValue()).as(said).isZero();
      assertThat(said).contains("results " + ROWS).doesNotContain("resumed at 0,");
      checkTopics(broker);
    }
  }

  private static void checkTopics(EmbeddedKafka broker) {
    List<ConsumerRecord<byte[], byte[]>> all = read(broker);
    EventCodec<Transaction> codec =
        EventCodec.of(Topics.TRANSACTIONS, Transaction.class, FeedMain.registry());
    List<String> ids = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    Map<Integer, Long> promised = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : all) {
      if (record.topic().equals(Topics.LABELS.topic())) {
        labels.add(new String(record.key(), StandardCharsets.UTF_8));
      } else if (record.topic().equals(Topics.TRANSACTIONS_REJECTED.topic())) {
        rejected.add(new String(record.key(), StandardCharsets.UTF_8));
      } else if (record.value() == null) {
        promised.merge(record.partition(), Heartbeat.timeOf(record.headers()), Math::max);
      } else {
        Transaction transaction = codec.decode(record.value());
        ids.add(transaction.getTransactionId());
        assertThat(transaction.getEventTimeMs())
            .isGreaterThanOrEqualTo(promised.getOrDefault(record.partition(), Long.MIN_VALUE));
      }
    }
    assertThat(ids).hasSize(ROWS - ROWS / 100).doesNotHaveDuplicates();
    assertThat(labels).hasSize(ROWS - ROWS / 100).doesNotHaveDuplicates();
    assertThat(rejected).hasSize(ROWS / 100).doesNotHaveDuplicates();
    assertThat(promised).hasSize(Topics.TRANSACTIONS.partitions());
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedKafka broker) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (Topics topic :
          List.of(Topics.TRANSACTIONS, Topics.TRANSACTIONS_REJECTED, Topics.LABELS)) {
        consumer
            .partitionsFor(topic.topic())
            .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }
}
