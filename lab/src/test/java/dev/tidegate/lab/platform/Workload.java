package dev.tidegate.lab.platform;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Label;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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
    EventCodec<Label> codec = codec(platform);
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
    }
  }

  /** Reads with the schema ids that the records carry, so the registry must still know them. */
  static List<Label> readLabels(EmbeddedPlatform platform) {
    EventCodec<Label> codec = codec(platform);
    TopicPartition partition = new TopicPartition(Topics.LABELS.topic(), 0);
    List<Label> labels = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", platform.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(200))) {
          labels.add(codec.decode(read.value()));
        }
      }
    }
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

  private static EventCodec<Label> codec(EmbeddedPlatform platform) {
    return EventCodec.of(Topics.LABELS, Label.class, new ConfluentRegistry(platform.registryUrl()));
  }
}
