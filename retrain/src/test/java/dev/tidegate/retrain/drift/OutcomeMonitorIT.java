package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.retrain.detect.ConceptDetector;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outcome monitor at a real broker, killed in the middle of its work. */
class OutcomeMonitorIT {
  private static final int PAYMENTS = 6_000;
  private static final int KILLS = 3;
  private static final int CLOSERS = 60;
  private static final double SCORE = 0.0001;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final InMemoryRegistry registry = OutcomeMonitorMain.registry();
  private final EventCodec<Decision> decisions =
      EventCodec.of(Topics.DECISIONS, Decision.class, registry);
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);

  /**
   * Killed within a transaction and after one. Each payment is observed once when it is decided and
   * once when its label has matured, and the statistic goes on where it stood: with equal outcomes
   * it depends on their number alone.
   */
  @Test
  void shouldObserveEachPaymentOnceThoughItIsKilled(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      kafka.createTopics();
      String bootstrap = kafka.bootstrapServers();
      for (int part = 0; part <= KILLS; part++) {
        int seen = count(readings(bootstrap), "rise");
        long written = end(admin);
        boolean inTransaction = part % 2 == 0;
        send(bootstrap, part * PAYMENTS / (KILLS + 1), (part + 1) * PAYMENTS / (KILLS + 1));
        if (part < KILLS) {
          // A folder of its own: what it knows must come from the changelog.
          Process process = start(bootstrap, folder.resolve("state-" + part));
          await()
              .pollInterval(Duration.ofMillis(20))
              .atMost(PATIENCE)
              .until(
                  () ->
                      inTransaction
                          ? end(admin) > written
                          : count(readings(bootstrap), "rise") > seen);
          process.destroyForcibly().waitFor();
        }
      }
      close(bootstrap);
      Process last = start(bootstrap, folder.resolve("state-last"));
      await()
          .pollInterval(Duration.ofSeconds(1))
          .atMost(PATIENCE)
          .until(() -> count(readings(bootstrap), "matured-labels") >= PAYMENTS);
      last.getOutputStream().close();
      assertThat(last.waitFor()).isZero();
      check(readings(bootstrap));
    }
  }

  private static void check(List<DriftMeasurement> readings) {
    assertThat(times(readings, "rise")).containsExactlyElementsOf(range(PAYMENTS));
    List<DriftMeasurement> matured =
        readings.stream().filter(r -> r.getSubject().equals("matured-labels")).toList();
    assertThat(times(readings, "matured-labels")).containsExactlyElementsOf(range(PAYMENTS));
    ConceptDetector undisturbed = new ConceptDetector(1e12);
    List<Double> expected = new ArrayList<>();
    matured.forEach(
        r -> {
          undisturbed.observe(SCORE, false);
          expected.add(undisturbed.statistic());
        });
    assertThat(matured)
        .extracting(DriftMeasurement::getStatistic)
        .containsExactlyElementsOf(expected);
  }

  private static List<Long> range(int to) {
    return LongStream.range(0, to).boxed().toList();
  }

  /** Event times that a subject's readings name, sorted, those that only close ticks left out. */
  private static List<Long> times(List<DriftMeasurement> readings, String subject) {
    return readings.stream()
        .filter(r -> r.getSubject().equals(subject) && r.getWindowStartMs() < PAYMENTS)
        .map(DriftMeasurement::getWindowStartMs)
        .sorted()
        .toList();
  }

  private static int count(List<DriftMeasurement> readings, String subject) {
    return times(readings, subject).size();
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
            OutcomeMonitorMain.class.getName(),
            bootstrap,
            stateDir.toString())
        .redirectErrorStream(true)
        .redirectOutput(stateDir.resolveSibling(stateDir.getFileName() + ".log").toFile())
        .start();
  }

  private void send(String bootstrap, int from, int to) throws Exception {
    publish(bootstrap, IntStream.range(from, to).toArray());
  }

  /** Payments far later, so that in each partition all before them mature and are handed on. */
  private void close(String bootstrap) throws Exception {
    publish(bootstrap, IntStream.range(0, CLOSERS).map(i -> 3 * PAYMENTS + 100 * i).toArray());
  }

  private void publish(String bootstrap, int[] times) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int at : times) {
        byte[] key = ("t" + at).getBytes(StandardCharsets.UTF_8);
        byte[] value = decisions.encode(decision(at));
        sent.add(producer.send(new ProducerRecord<>(Topics.DECISIONS.topic(), key, value)));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  /** End of [drift], what is not committed yet included. */
  private static long end(Admin admin) throws Exception {
    TopicPartition all = new TopicPartition(Topics.DRIFT.topic(), 0);
    return admin.listOffsets(Map.of(all, OffsetSpec.latest())).partitionResult(all).get().offset();
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
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        records.forEach(record -> readings.add(drift.decode(record.value())));
      }
    }
    return readings;
  }

  private static Decision decision(int at) {
    return Decision.newBuilder()
        .setDecisionId("d" + at)
        .setTransactionId("t" + at)
        .setPayerAccount("a")
        .setEventTimeMs(at)
        .setIngestedAtMs(at)
        .setDecidedAtMs(at)
        .setScore(SCORE)
        .setOutcome(Outcome.APPROVE)
        .setRelease("r1")
        .setFeatureDigest("d")
        .setRuleSet("")
        .build();
  }
}
