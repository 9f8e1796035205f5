package dev.tidegate.lab.platform;

import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Label;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts labels on the broker and rows into the database, and reads them back. */
final class Workload {
  private Workload() {}

  static Label label(int number) {
    return Label.newBuilder()
        .setTransactionId("t-" + number)
        .setEventTimeMs(1_500_000_000_000L + number)
        .setKnownAtMs(1_500_000_000_000L + number)
        .setFraud(number % 2 == 0)
        .setOrigin("test")
        .build();
  }

  static void writeLabels(EmbeddedPlatform platform, int count)
      throws ExecutionException, InterruptedException {
    EventCodec<Label> codec =
        EventCodec.of(Topics.LABELS, Label.class, new ConfluentRegistry(platform.registryUrl()));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", platform.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        producer
            .send(new ProducerRecord<>(Topics.LABELS.topic(), 0, null, codec.encode(label(i))))
            .get();
      }
      producer.send(new ProducerRecord<>(Topics.LABELS.topic(), 1, null, null)).get();
    }
  }

  /** Sends a few megabytes to a broker that may not take them. */
  static void tryToWrite(EmbeddedPlatform platform) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                platform.bootstrapServers(),
                "request.timeout.ms",
                "1000",
                "delivery.timeout.ms",
                "2000",
                "max.block.ms",
                "2000"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 40; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(Topics.TRANSACTIONS.topic(), 0, null, new byte[1 << 17]));
      }
    }
  }

  /** Reads with the schema ids that the records carry, so the registry must still know them. */
  static List<Label> readLabels(EmbeddedPlatform platform) {
    List<Label> labels = new ArrayList<>();
    new KafkaTopicLog(platform.bootstrapServers(), new ConfluentRegistry(platform.registryUrl()))
        .read(Topics.LABELS, Label.class, labels::add);
    return labels;
  }

  static void writeRows(EmbeddedPlatform platform, int count) throws SQLException {
    try (Connection connection = DriverManager.getConnection(platform.database().jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE seen (number integer PRIMARY KEY)");
      statement.execute("INSERT INTO seen SELECT generate_series(1, " + count + ")");
    }
  }

  static int countRows(EmbeddedPlatform platform) throws SQLException {
    try (Connection connection = DriverManager.getConnection(platform.database().jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM seen")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
