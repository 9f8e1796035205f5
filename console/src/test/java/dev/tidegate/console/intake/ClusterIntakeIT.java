package dev.tidegate.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SampleClusters;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.store.ClusterQueries;
import dev.tidegate.console.store.ClusterStore;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of clusters from a real broker into a real database. */
class ClusterIntakeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long T = 1_790_000_000_000L;

  private final InMemoryRegistry registry = new InMemoryRegistry();

  @Test
  void shouldStoreEachChangeOnceOverRestarts(@TempDir Path directory) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        TestDatabase databases = new TestDatabase();
        HikariDataSource database = TestDatabase.open(databases.create())) {
      kafka.createTopics();
      ClusterQueries queries = new ClusterQueries(database);
      ClusterStore store = new ClusterStore(database);
      send(kafka, SampleClusters.change("one", T, ClusterStep.FORMED, null, "a", "b"));
      try (ClusterIntake intake = started(kafka, store)) {
        await().atMost(PATIENCE).until(() -> size(queries).equals(Optional.of(2)));
        send(kafka, SampleClusters.change("one", T + 1, ClusterStep.GREW, null, "c"));
        await().atMost(PATIENCE).until(() -> size(queries).equals(Optional.of(3)));
        await()
            .atMost(PATIENCE)
            .until(() -> intake.changes() >= 2); // counted after they are stored
        assertThat(intake.changes()).isEqualTo(2);
        sendRaw(kafka, "one", new byte[] {9, 9, 9});
        await().atMost(PATIENCE).until(() -> intake.unreadable() == 1);
      }
      send(kafka, SampleClusters.change("one", T + 2, ClusterStep.SHRANK, null, "a"));
      try (ClusterIntake again = started(kafka, store)) {
        await().atMost(PATIENCE).until(() -> size(queries).equals(Optional.of(2)));
        await().atMost(PATIENCE).until(() -> again.state().running());
        assertThat(again.changes()).as("what was read before is not read again").isEqualTo(1);
      }
    }
  }

  private static Optional<Integer> size(ClusterQueries queries) {
    return queries.cluster("one", 9).map(found -> found.size());
  }

  private ClusterIntake started(EmbeddedKafka kafka, ClusterStore store) {
    ClusterIntake intake = new ClusterIntake(kafka.bootstrapServers(), registry, store);
    intake.start();
    return intake;
  }

  private void send(EmbeddedKafka kafka, ClusterChange change) throws Exception {
    EventCodec<ClusterChange> codec = EventCodec.of(Topics.CLUSTERS, ClusterChange.class, registry);
    sendRaw(kafka, change.getCluster(), codec.encode(change));
  }

  private static void sendRaw(EmbeddedKafka kafka, String key, byte[] value) throws Exception {
    Map<String, Object> access = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(access, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.CLUSTERS.topic(), key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    }
  }
}
