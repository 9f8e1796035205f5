package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor at a real broker, with no RocksDB on the class path. */
class DriftMonitorIT {
  private static final DriftSettings SETTINGS = new DriftSettings(1_000, CalibratedPsi.defaults());

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<Decision> decisions =
      EventCodec.of(Topics.DECISIONS, Decision.class, registry);
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);
  private final Random random = new Random(23);

  @Test
  void shouldGoOnWithItsWindowAfterARestart(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      kafka.createTopics();
      String bootstrap = kafka.bootstrapServers();
      try (DriftMonitor first = monitor(bootstrap, folder.resolve("one"));
          Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
        send(bootstrap, 0, 600, 0);
        await().atMost(Duration.ofMinutes(1)).until(() -> caughtUp(admin, 600));
        assertThat(first.running()).isTrue();
      }
      send(bootstrap, 600, 1_600, 0);
      send(bootstrap, 1_600, 2_600, 0.3);
      // A new folder: what it knows must come from the changelog.
      try (DriftMonitor second = monitor(bootstrap, folder.resolve("two"))) {
        await().atMost(Duration.ofMinutes(1)).until(() -> readings(bootstrap).size() >= 2);
        assertThat(second.running()).isTrue();
      }
      List<DriftMeasurement> readings = readings(bootstrap);
      assertThat(readings).hasSize(2);
      assertThat(readings).allMatch(reading -> reading.getSamples() == 1_000);
      assertThat(readings.get(0).getWindowStartMs()).isLessThan(600);
      assertThat(readings.get(1).getDrifted()).isTrue();
    }
  }

  private DriftMonitor monitor(String bootstrap, Path stateDir) {
    return DriftMonitor.start(
        new DriftMonitor.Where(bootstrap, stateDir),
        registry,
        ScoreReference.of(manifest()),
        SETTINGS);
  }

  private void send(String bootstrap, int from, int to, double shift) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "max.in.flight.requests.per.connection", 1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        byte[] key = ("t" + i).getBytes(StandardCharsets.UTF_8);
        double score = Math.min(0.999, random.nextDouble() + shift);
        byte[] value = decisions.encode(decision(i, score));
        sent.add(producer.send(new ProducerRecord<>(Topics.DECISIONS.topic(), key, value)));
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** True once the monitor's group has committed as many decisions as were sent. */
  private static boolean caughtUp(Admin admin, long sent) throws Exception {
    return admin
            .listConsumerGroupOffsets(DriftMonitor.APPLICATION_ID)
            .partitionsToOffsetAndMetadata()
            .get()
            .entrySet()
            .stream()
            .filter(offset -> offset.getKey().topic().equals(Topics.DECISIONS.topic()))
            .mapToLong(offset -> offset.getValue().offset())
            .sum()
        == sent;
  }

  private List<DriftMeasurement> readings(String bootstrap) {
    List<DriftMeasurement> readings = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Set<TopicPartition> all = Set.of(new TopicPartition(Topics.DRIFT.topic(), 0));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      long end = consumer.endOffsets(all).values().iterator().next();
      while (readings.size() < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> readings.add(drift.decode(record.value())));
      }
    }
    return readings;
  }

  private static Decision decision(int i, double score) {
    byte[] key = ("t" + i).getBytes(StandardCharsets.UTF_8);
    return Decision.newBuilder()
        .setDecisionId(Sha256.hex(key).substring(0, 32))
        .setTransactionId("t" + i)
        .setPayerAccount("a")
        .setEventTimeMs(i)
        .setIngestedAtMs(i)
        .setDecidedAtMs(i)
        .setScore(score)
        .setOutcome(Outcome.APPROVE)
        .setRelease("r1")
        .setFeatureDigest("d")
        .setRuleSet("")
        .build();
  }

  private static Manifest manifest() {
    List<Long> counts = new ArrayList<>(Collections.nCopies(10, 1_000L));
    counts.add(0L);
    return new Manifest(
        "r1",
        "r",
        "test",
        "d",
        List.of("a"),
        "model.onnx",
        "0".repeat(64),
        0.5,
        1,
        new Manifest.Training(null, null, null, "PT0S", 10, 1, 1),
        Map.of(),
        new Manifest.ReferenceScores(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9), counts),
        Manifest.Golden.of(new float[][] {{1}}, new double[] {0.5}),
        List.of(),
        Map.of(),
        Map.of(),
        "");
  }
}
