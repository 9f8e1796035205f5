package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.SamplePatterns;
import dev.tidegate.console.SampleReasons;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.store.AlertFilter;
import dev.tidegate.console.store.AlertQueries;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.Evidence;
import dev.tidegate.console.store.ReasonStore;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The intake over a real broker and a real database. */
class AlertIntakeIT {
  private static final long END = 1_772_366_400_000L; // 2026-03-01T12:00:00Z
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger explained = new AtomicInteger();

  @Test
  void shouldStoreEveryAlertOnceOverRestartsAndRepetitions(@TempDir Path directory)
      throws Exception {
    List<Alert> alerts = new SampleAlerts(5, END).take(300);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        TestDatabase databases = new TestDatabase();
        HikariDataSource database = TestDatabase.open(databases.create())) {
      AlertQueries queries = new AlertQueries(database);
      AlertStore store = new AlertStore(database);
      Evidence evidence = Evidence.in(database);
      try (AlertIntake early = intake(kafka, store, evidence)) {
        await().atMost(PATIENCE).until(() -> early.state().phase() == IntakeState.Phase.RETRYING);
        kafka.createTopics();
        await().atMost(PATIENCE).until(() -> early.state().running());
        send(kafka, alerts.subList(0, 120));
        sendRaw(kafka, Topics.ALERTS, new byte[] {9, 9, 9});
        await().atMost(PATIENCE).until(() -> stored(queries) == 120);
        await().atMost(PATIENCE).until(() -> early.alerts() == 120 && early.unreadable() == 1);
        await().atMost(PATIENCE).until(() -> calls.get() > 0);
      }
      send(kafka, alerts.subList(100, 300));
      try (AlertIntake again = intake(kafka, store, evidence)) {
        await().atMost(PATIENCE).until(() -> stored(queries) == 300);
        await().atMost(PATIENCE).until(() -> again.state().running());
      }
      assertThat(queries.page(AlertFilter.none(), null, 400).alerts()).hasSize(300);
      assertThat(queries.counts(java.time.LocalDate.EPOCH).total()).isEqualTo(300);
    }
  }

  @Test
  void shouldStoreReasonsOnceWhetherTheirAlertIsThereOrNot(@TempDir Path directory)
      throws Exception {
    List<Alert> alerts = new SampleAlerts(5, END).take(40);
    List<AlertReasons> first = alerts.stream().map(a -> SampleReasons.of(a, "1", END)).toList();
    List<AlertReasons> again = alerts.stream().map(a -> SampleReasons.of(a, "2", END + 1)).toList();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        TestDatabase databases = new TestDatabase();
        HikariDataSource database = TestDatabase.open(databases.create())) {
      kafka.createTopics();
      AlertStore store = new AlertStore(database);
      Evidence evidence = Evidence.in(database);
      ReasonStore reasons = evidence.reasons();
      try (AlertIntake early = intake(kafka, store, evidence)) {
        sendReasons(kafka, first);
        sendRaw(kafka, Topics.ALERT_REASONS, new byte[] {9, 9, 9});
        await().atMost(PATIENCE).until(() -> early.reasons() == 40 && early.unreadable() == 1);
        await().atMost(PATIENCE).until(() -> early.reasonsState().running());
        assertThat(new AlertQueries(database).newest()).isZero();
        send(kafka, alerts);
        await().atMost(PATIENCE).until(() -> early.alerts() == 40);
        await().atMost(PATIENCE).until(() -> explained.get() > 0);
      }
      sendReasons(kafka, first);
      sendReasons(kafka, again.subList(0, 10));
      try (AlertIntake late = intake(kafka, store, evidence)) {
        await().atMost(PATIENCE).until(() -> versions(alerts, reasons, "2") == 10);
        // All that stood is counted when it runs.
        await().atMost(PATIENCE).until(() -> late.reasonsState().running());
        assertThat(versions(alerts, reasons, "1")).isEqualTo(30);
        assertThat(late.reasons()).as("what was read before is not read again").isEqualTo(10);
      }
    }
  }

  @Test
  void shouldStoreEveryEpisodeOnceInItsNewestVersion(@TempDir Path directory) throws Exception {
    SamplePatterns samples = new SamplePatterns(5, END);
    List<PatternAlert> told = new ArrayList<>(samples.each());
    told.add(samples.of(LaunderingPattern.CYCLE, 2, 6));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        TestDatabase databases = new TestDatabase();
        HikariDataSource database = TestDatabase.open(databases.create())) {
      kafka.createTopics();
      AlertStore store = new AlertStore(database);
      Evidence evidence = Evidence.in(database);
      AlertQueries queries = new AlertQueries(database);
      try (AlertIntake early = intake(kafka, store, evidence)) {
        sendPatterns(kafka, told);
        await().atMost(PATIENCE).until(() -> stored(queries) == 6);
        sendRaw(kafka, Topics.PATTERN_ALERTS, new byte[] {9, 9, 9});
        await().atMost(PATIENCE).until(() -> early.unreadable() == 1);
        await().atMost(PATIENCE).until(() -> early.patternsState().running());
      }
      sendPatterns(kafka, told);
      sendPatterns(kafka, List.of(samples.of(LaunderingPattern.FAN_IN, 3, 11)));
      String fan = samples.of(LaunderingPattern.FAN_IN, 3, 11).getAlertId();
      try (AlertIntake again = intake(kafka, store, evidence)) {
        await()
            .atMost(PATIENCE)
            .until(() -> evidence.patterns().of(fan).orElseThrow().getVersion() == 3);
        await().atMost(PATIENCE).until(() -> again.patternsState().running());
        assertThat(again.patterns()).isEqualTo(1);
      }
      assertThat(stored(queries)).isEqualTo(6);
      String cycle = told.get(told.size() - 1).getAlertId();
      assertThat(evidence.patterns().of(cycle).orElseThrow().getVersion()).isEqualTo(2);
    }
  }

  private void sendPatterns(EmbeddedKafka kafka, List<PatternAlert> alerts) throws Exception {
    EventCodec<PatternAlert> codec =
        EventCodec.of(Topics.PATTERN_ALERTS, PatternAlert.class, registry);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (PatternAlert one : alerts) {
      records.add(entry(Topics.PATTERN_ALERTS, one.getAlertId(), codec.encode(one)));
    }
    sendAll(kafka, records);
  }

  private static long versions(List<Alert> alerts, ReasonStore reasons, String version) {
    return alerts.stream()
        .map(alert -> reasons.of(alert.getAlertId()).orElseThrow().getTableVersion())
        .filter(version::equals)
        .count();
  }

  private AlertIntake intake(EmbeddedKafka kafka, AlertStore store, Evidence evidence) {
    AlertIntake intake = new AlertIntake(kafka.bootstrapServers(), registry, store, evidence);
    intake.start(calls::incrementAndGet, explained::incrementAndGet);
    return intake;
  }

  private static int stored(AlertQueries queries) {
    return queries.page(AlertFilter.none(), null, 400).alerts().size();
  }

  private void send(EmbeddedKafka kafka, List<Alert> alerts) throws Exception {
    EventCodec<Alert> codec = EventCodec.of(Topics.ALERTS, Alert.class, registry);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Alert alert : alerts) {
      records.add(entry(Topics.ALERTS, alert.getAlertId(), codec.encode(alert)));
    }
    sendAll(kafka, records);
  }

  private void sendReasons(EmbeddedKafka kafka, List<AlertReasons> reasons) throws Exception {
    EventCodec<AlertReasons> codec =
        EventCodec.of(Topics.ALERT_REASONS, AlertReasons.class, registry);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (AlertReasons one : reasons) {
      records.add(entry(Topics.ALERT_REASONS, one.getAlertId(), codec.encode(one)));
    }
    sendAll(kafka, records);
  }

  private static void sendRaw(EmbeddedKafka kafka, Topics topic, byte[] value) throws Exception {
    sendAll(kafka, List.of(new ProducerRecord<>(topic.topic(), value)));
  }

  private static ProducerRecord<byte[], byte[]> entry(Topics topic, String key, byte[] value) {
    return new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static void sendAll(EmbeddedKafka kafka, List<ProducerRecord<byte[], byte[]>> records)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
      records.forEach(entry -> sent.add(producer.send(entry)));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class));
  }
}
