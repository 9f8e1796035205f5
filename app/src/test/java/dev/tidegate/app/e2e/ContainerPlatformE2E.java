package dev.tidegate.app.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.Label;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The servers in containers are what the stages expect of servers. */
final class ContainerPlatformE2E {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Label LABEL =
      Label.newBuilder()
          .setTransactionId("t-1")
          .setEventTimeMs(1_000)
          .setKnownAtMs(2_000)
          .setFraud(true)
          .setKind("fan_in")
          .setOrigin("containers")
          .build();

  private static ContainerPlatform platform;

  @BeforeAll
  static void startServers() {
    DockerEngine.required();
    platform = ContainerPlatform.start();
  }

  @AfterAll
  static void stopServers() {
    if (platform != null) {
      platform.close();
    }
  }

  @Test
  void shouldHaveEveryTopicOfTheCatalogue() throws Exception {
    List<String> names = Arrays.stream(Topics.values()).map(Topics::topic).toList();
    try (Admin admin = Admin.create(kafka())) {
      Map<String, TopicDescription> found =
          admin.describeTopics(names).allTopicNames().get(30, TimeUnit.SECONDS);

      assertThat(found.get("transactions").partitions()).hasSize(Topics.TRANSACTIONS.partitions());
      assertThat(found).containsOnlyKeys(names);
    }
  }

  @Test
  void shouldCarryAnEventThroughBrokerAndRegistry() throws Exception {
    TopicPartition partition = new TopicPartition(Topics.LABELS.topic(), 0);
    try (var producer =
            new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(
                kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var sent =
          new ProducerRecord<>(
              partition.topic(), partition.partition(), "t-1".getBytes(UTF_8), encoded());
      producer.send(sent).get(30, TimeUnit.SECONDS);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));

      List<ConsumerRecord<byte[], byte[]>> received =
          consumer.poll(ANSWER_LIMIT).records(partition);

      assertThat(received).hasSize(1);
      assertThat(codec().decode(received.get(0).value())).isEqualTo(LABEL);
    }
  }

  @Test
  void shouldRefuseAnIncompatibleSchema() {
    encoded();
    ConfluentRegistry registry = new ConfluentRegistry(platform.registryUrl());
    String otherLabel =
        """
        {"type": "record", "name": "Label", "namespace": "dev.tidegate.schemas.event",
         "fields": [{"name": "weight", "type": "double"}]}
        """;

    assertThat(registry.compatibility()).isEqualTo("FULL_TRANSITIVE");
    assertThatThrownBy(() -> registry.register(Topics.LABELS.subject(), otherLabel))
        .isInstanceOf(RegistryException.class);
  }

  @Test
  void shouldKeepARowInTheDatabase() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                platform.jdbcUrl(), platform.databaseUser(), platform.databasePassword());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE smoke (alert_id text PRIMARY KEY, raised timestamptz)");
      String once = "INSERT INTO smoke VALUES ('a-1', now()) ON CONFLICT DO NOTHING";

      assertThat(statement.executeUpdate(once)).isEqualTo(1);
      assertThat(statement.executeUpdate(once)).isZero();
      try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM smoke")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
  }

  private static byte[] encoded() {
    return codec().encode(LABEL);
  }

  private static EventCodec<Label> codec() {
    return EventCodec.of(Topics.LABELS, Label.class, new ConfluentRegistry(platform.registryUrl()));
  }

  private static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", platform.bootstrapServers());
  }
}
