package dev.tidegate.retrain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.time.WallClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A storm of alarms at a real broker, the watch killed in between and given an empty folder. */
class RequestMonitorIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STORM = 500;
  private static final int PARTS = 2;
  private static final long HALF_COOLDOWN = RequestMonitorMain.COOLDOWN.toMillis() / 2;

  private final long begin = WallClock.INSTANCE.millis() - Duration.ofDays(1).toMillis();
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, RequestMonitorMain.registry());
  private final EventCodec<RetrainRequest> requests =
      EventCodec.of(Topics.RETRAIN_REQUESTS, RetrainRequest.class, RequestMonitorMain.registry());

  /** Storms half a cooldown apart: every second one raises a request, the others none. */
  @Test
  void shouldRememberItsCooldownThroughKills(@TempDir Path folder) throws Exception {
    // Records keep the times that they are sent with, so that hours pass in this test.
    Map<String, String> sentTimes = Map.of("log.message.timestamp.type", "CreateTime");
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, sentTimes)) {
      kafka.createTopics();
      String bootstrap = kafka.bootstrapServers();
      for (int part = 0; part < PARTS; part++) {
        if (part > 0) {
          send(bootstrap, begin + (2L * part - 1) * HALF_COOLDOWN);
        }
        send(bootstrap, begin + 2L * part * HALF_COOLDOWN);
        // A folder of its own: what it knows must come from the changelog.
        Process watch = start(bootstrap, folder.resolve("state-" + part));
        try {
          awaitMade(bootstrap, part + 1);
        } catch (ConditionTimeoutException e) {
          throw new AssertionError(
              "turn "
                  + part
                  + ", the watch said: "
                  + Files.readString(folder.resolve("state-" + part + ".log")),
              e);
        } finally {
          watch.destroyForcibly().waitFor();
        }
      }
      List<RetrainRequest> made = made(bootstrap);
      assertThat(made)
          .extracting(RetrainRequest::getRequestedAtMs)
          .containsExactly(begin, begin + 2 * HALF_COOLDOWN);
      assertThat(made).extracting(RetrainRequest::getRequestId).doesNotHaveDuplicates();
      assertThat(made.get(0).getOffsets()).hasSize(12).containsEntry("features-0", 0L);
    }
  }

  private void awaitMade(String bootstrap, int requests) {
    await().atMost(PATIENCE).until(() -> made(bootstrap).size() >= requests);
  }

  private static Process start(String bootstrap, Path stateDir) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            java,
            "-Xmx256m",
            "-cp",
            classPath,
            RequestMonitorMain.class.getName(),
            bootstrap,
            stateDir.toString())
        .redirectErrorStream(true)
        .redirectOutput(stateDir.resolveSibling(stateDir.getFileName() + ".log").toFile())
        .start();
  }

  private void send(String bootstrap, long fromMs) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "max.in.flight.requests.per.connection", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < STORM; i++) {
        DriftMeasurement alarm = CauseWatchTest.reading("concept-calibration", fromMs + i, true);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topics.DRIFT.topic(),
                    0,
                    fromMs + i,
                    "k".getBytes(StandardCharsets.UTF_8),
                    drift.encode(alarm))));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private List<RetrainRequest> made(String bootstrap) {
    List<RetrainRequest> made = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition all = new TopicPartition(Topics.RETRAIN_REQUESTS.topic(), 0);
      consumer.assign(List.of(all));
      consumer.seekToBeginning(List.of(all));
      long end = consumer.endOffsets(List.of(all)).get(all);
      while (consumer.position(all) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> made.add(requests.decode(record.value())));
      }
    }
    return made;
  }
}
