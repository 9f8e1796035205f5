package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.store.AlertFilter;
import dev.tidegate.console.store.AlertQueries;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Alert;
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
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void shouldStoreEveryAlertOnceOverRestartsAndRepetitions(@TempDir Path directory)
      throws Exception {
    List<Alert> alerts = new SampleAlerts(5, 1_772_366_400_000L).take(300);
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        TestDatabase databases = new TestDatabase();
        HikariDataSource database = TestDatabase.open(databases.create())) {
      AlertQueries queries = new AlertQueries(database);
      AlertStore store = new AlertStore(database);
      try (AlertIntake early = intake(kafka, store)) {
        await().atMost(PATIENCE).until(() -> early.state().phase() == IntakeState.Phase.RETRYING);
        kafka.createTopics();
        await().atMost(PATIENCE).until(() -> early.state().running());
        send(kafka, alerts.subList(0, 120));
        sendRaw(kafka, new byte[] {9, 9, 9});
        await().atMost(PATIENCE).until(() -> stored(queries) == 120);
        await().atMost(PATIENCE).until(() -> early.alerts() == 120 && early.unreadable() == 1);
      }
      assertThat(calls.get()).isPositive();
      send(kafka, alerts.subList(100, 300));
      try (AlertIntake again = intake(kafka, store)) {
        await().atMost(PATIENCE).until(() -> stored(queries) == 300);
        assertThat(again.state().running()).isTrue();
      }
      assertThat(queries.page(AlertFilter.none(), null, 400).alerts()).hasSize(300);
      assertThat(queries.counts(java.time.LocalDate.EPOCH).total()).isEqualTo(300);
    }
  }

  private AlertIntake intake(EmbeddedKafka kafka, AlertStore store) {
    AlertIntake intake = new AlertIntake(kafka.bootstrapServers(), registry, store);
    intake.start(calls::incrementAndGet);
    return intake;
  }

  private static int stored(AlertQueries queries) {
    return queries.page(AlertFilter.none(), null, 400).alerts().size();
  }

  private void send(EmbeddedKafka kafka, List<Alert> alerts) throws Exception {
    EventCodec<Alert> codec = EventCodec.of(Topics.ALERTS, Alert.class, registry);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
      for (Alert alert : alerts) {
        byte[] key = alert.getAlertId().getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(new ProducerRecord<>(Topics.ALERTS.topic(), key, codec.encode(alert))));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static void sendRaw(EmbeddedKafka kafka, byte[] value)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = producer(kafka)) {
      producer.send(new ProducerRecord<>(Topics.ALERTS.topic(), value)).get();
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
