package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel of features and the watch of volume at a real broker, killed in their work. */
class PanelMonitorsIT {
  private static final int PARTS = 4;
  private static final int HOURS_A_PART = 6;
  private static final int A_HOUR = 400;
  private static final long LAST = PARTS * HOURS_A_PART - 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final InMemoryRegistry registry = PanelMonitorsMain.registry();
  private final EventCodec<FeatureVector> vectors =
      EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
  private final EventCodec<Transaction> payments =
      EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);

  /** Whatever dies in between, each payment counts once in its hour, of both monitors. */
  @Test
  void shouldCountEachPaymentOnceInItsHourThoughTheyAreKilled(@TempDir Path folder)
      throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics();
      String bootstrap = kafka.bootstrapServers();
      for (int part = 0; part < PARTS; part++) {
        long seen = newest(bootstrap, PanelProcessor.PANEL);
        send(bootstrap, part * HOURS_A_PART, (part + 1) * HOURS_A_PART);
        // A folder of its own: what they know must come from the changelogs.
        Process process = start(bootstrap, folder.resolve("state-" + part));
        boolean last = part == PARTS - 1;
        await()
            .pollInterval(Duration.ofMillis(200))
            .atMost(PATIENCE)
            .until(
                () ->
                    last
                        ? newest(bootstrap, PanelProcessor.PANEL) >= LAST
                            && newest(bootstrap, VolumeWatch.VOLUME) >= LAST
                        : newest(bootstrap, PanelProcessor.PANEL) > seen);
        process.destroyForcibly().waitFor();
      }
      check(bootstrap, PanelProcessor.PANEL, PanelProcessor.MOST);
      check(bootstrap, VolumeWatch.VOLUME, "fall");
    }
  }

  private void check(String bootstrap, String monitor, String subject) {
    List<DriftMeasurement> readings =
        readings(bootstrap).stream()
            .filter(of -> of.getMonitor().equals(monitor) && of.getSubject().equals(subject))
            .toList();
    assertThat(readings)
        .extracting(of -> of.getWindowStartMs() / HourOfWeek.HOUR_MS)
        .containsExactlyElementsOf(LongStream.rangeClosed(0, LAST).boxed().toList());
    assertThat(readings).allMatch(of -> of.getSamples() == A_HOUR);
  }

  private long newest(String bootstrap, String monitor) {
    return readings(bootstrap).stream()
        .filter(of -> of.getMonitor().equals(monitor))
        .mapToLong(of -> of.getWindowStartMs() / HourOfWeek.HOUR_MS)
        .max()
        .orElse(-1);
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
            PanelMonitorsMain.class.getName(),
            bootstrap,
            stateDir.toString())
        .redirectErrorStream(true)
        .redirectOutput(stateDir.resolveSibling(stateDir.getFileName() + ".log").toFile())
        .start();
  }

  /** Payments of hours [from, to), spread over all partitions of both topics. */
  private void send(String bootstrap, int from, int to) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int at = from * A_HOUR; at < to * A_HOUR; at++) {
        Transaction payment =
            DriftTopic.payment("t" + at, at * (HourOfWeek.HOUR_MS / A_HOUR), "card");
        byte[] key = payment.getPayerAccount().getBytes(StandardCharsets.UTF_8);
        var unused =
            producer.send(
                new ProducerRecord<>(Topics.TRANSACTIONS.topic(), key, payments.encode(payment)));
        unused =
            producer.send(
                new ProducerRecord<>(
                    Topics.FEATURES.topic(),
                    key,
                    vectors.encode(DriftTopic.vector(payment, "d1", List.of(2f)))));
      }
    }
  }

  private List<DriftMeasurement> readings(String bootstrap) {
    List<DriftMeasurement> readings = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition all = new TopicPartition(Topics.DRIFT.topic(), 0);
      consumer.assign(List.of(all));
      consumer.seekToBeginning(List.of(all));
      long end = consumer.endOffsets(List.of(all)).get(all);
      while (consumer.position(all) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> readings.add(drift.decode(record.value())));
      }
    }
    return readings;
  }
}
