package dev.tidegate.features.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Transaction;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history job over a real broker and registry, with kills in the middle. */
class HistoryKafkaIT {
  private static final int PAYMENTS = 4_000;
  private static final long STEP_MS = 60_000;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Map<HistoryTable, List<String>> sent = new EnumMap<>(HistoryTable.class);

  @Test
  void shouldHoldEveryRecordOnceAcrossKills() throws Exception {
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {});
        KafkaProducer<byte[], byte[]> producer = producer(platform)) {
      ConfluentRegistry registry = new ConfluentRegistry(platform.registryUrl());
      RunningJob job = submit(platform);
      send(producer, registry, 0, PAYMENTS / 4);
      awaitRows(PAYMENTS / 8);
      send(producer, registry, PAYMENTS / 4, PAYMENTS / 2);
      awaitUnfinishedFile();
      job.kill();

      job = submit(platform);
      send(producer, registry, PAYMENTS / 2, PAYMENTS * 3 / 4);
      awaitUnfinishedFile();
      platform.flink().replaceTaskManager();
      send(producer, registry, PAYMENTS * 3 / 4, PAYMENTS);
      awaitRows(PAYMENTS);
      job.cancel();
    }
    for (HistoryTable table : HistoryTable.values()) {
      assertThat(archived(table))
          .as(table.folder())
          .containsExactlyInAnyOrderElementsOf(sent.get(table));
    }
  }

  private RunningJob submit(EmbeddedPlatform platform) {
    HistorySettings settings =
        new HistorySettings(
            platform.bootstrapServers(),
            platform.registryUrl(),
            "history",
            folder.toString(),
            500,
            2);
    RunningJob job =
        platform
            .flink()
            .submit(
                "history",
                env -> HistoryPipeline.define(env, HistorySource.kafka(settings), settings));
    job.awaitRunning(LIMIT);
    return job;
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, ConfluentRegistry registry, int from, int to)
      throws Exception {
    for (HistoryTable table : HistoryTable.values()) {
      send(producer, registry, table, table.topic().value(), from, to);
    }
    producer.send(Heartbeat.record(0, Samples.START_MS)).get();
  }

  private <T extends SpecificRecord> void send(
      KafkaProducer<byte[], byte[]> producer,
      ConfluentRegistry registry,
      HistoryTable table,
      Class<T> type,
      int... range)
      throws Exception {
    EventCodec<T> codec = EventCodec.of(table.topic(), type, registry);
    List<Future<RecordMetadata>> records = new ArrayList<>();
    for (int i = range[0]; i < range[1]; i++) {
      Transaction payment = Samples.payment(i, Samples.START_MS + i * STEP_MS);
      records.add(
          producer.send(
              new ProducerRecord<>(
                  table.topic().topic(),
                  payment.getPayerAccount().getBytes(StandardCharsets.UTF_8),
                  codec.encode(type.cast(HistoryQueriesTest.event(table, payment))))));
    }
    List<String> places = sent.computeIfAbsent(table, none -> new ArrayList<>());
    int i = range[0];
    for (Future<RecordMetadata> metadata : records) {
      RecordMetadata place = metadata.get();
      places.add(place.partition() + ":" + place.offset() + ":tx-" + i++);
    }
  }

  private List<String> archived(HistoryTable table) throws Exception {
    try (Duck duck = Duck.open()) {
      return duck
          .rows(
              "SELECT topicPartition || ':' || topicOffset || ':' || transactionId FROM "
                  + Duck.table(folder, table)
                  + " WHERE day = eventTime::DATE")
          .stream()
          .map(row -> row.get(0))
          .toList();
    }
  }

  private void awaitRows(int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreException(
            UncheckedIOException.class) // a file that got its name while they were listed
        .until(
            () -> {
              for (HistoryTable table : HistoryTable.values()) {
                if (files(table, "part-", ".parquet").isEmpty() || archived(table).size() < count) {
                  return false;
                }
              }
              return true;
            });
  }

  /** Waits until some row stands in a file that is not finished: a kill then has to repeat it. */
  private void awaitUnfinishedFile() {
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreException(
            UncheckedIOException.class) // a file that got its name while they were listed
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !files(HistoryTable.TRANSACTIONS, ".part-", "").isEmpty());
  }

  private List<Path> files(HistoryTable table, String start, String end) throws Exception {
    Path root = folder.resolve(table.folder());
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().startsWith(start)
                      && file.getFileName().toString().endsWith(end))
          .toList();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedPlatform platform) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", "1"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
