package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.offline.Backfill;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.FeaturesPipeline;
import dev.tidegate.features.FeaturesSink;
import dev.tidegate.features.FeaturesSource;
import dev.tidegate.features.archive.HistoryPipeline;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.features.archive.HistorySource;
import dev.tidegate.features.archive.HistoryTable;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.SimulatorCsv;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.time.WallClock;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped features of a bank's payments in several currencies, as they come out of a stream of
 * four subtasks, of one, and of {@code features backfill} over the history of the first: bit for
 * bit the same, though payments come out of order within the bound and some twice.
 */
final class BackfillParityIT {
  private static final int PAYMENTS = Integer.getInteger("tidegate.backfill.payments", 30_000);
  private static final int CUSTOMERS = 2_000;
  private static final int REPEAT_ONE_IN = 100;
  private static final int LABELLED_ONE_IN = 9;
  private static final Duration LABEL_DELAY = Duration.ofDays(10);
  private static final int DISORDER_MS = 60_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Catalogue CATALOGUE = DeclaredFeatures.read(null);

  /** The last has no rate. */
  private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY", "GBP", "XAU");

  @TempDir private Path folder;

  private final Map<String, FeatureBits> seen = new HashMap<>();

  /** What must be equal. */
  private record FeatureBits(int values, int sequences, boolean approximate) {
    static FeatureBits of(FeatureVector vector) {
      assertThat(vector.getLate()).isFalse();
      return new FeatureBits(
          List.copyOf(vector.getValues()).hashCode(),
          List.copyOf(vector.getSequences()).hashCode(),
          vector.getApproximate());
    }
  }

  @Test
  void shouldServeWhatABackfillComputesAtAnyParallelism() throws Exception {
    List<Transaction> payments = payments();
    List<Label> labels = labels(payments);
    List<Transaction> arrivals = arrivals(payments);
    assertThat(arrivals).hasSizeGreaterThan(PAYMENTS);
    assertThat(CATALOGUE.size()).isGreaterThanOrEqualTo(100);
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {});
        KafkaProducer<byte[], byte[]> producer = producer(platform);
        KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
      send(platform, producer, labels, arrivals);
      consumer.subscribe(List.of(Topics.FEATURES.topic()));
      RunningJob history = history(platform);
      RunningJob four = features(platform, 4);
      awaitVectors(platform, consumer, arrivals.size());
      awaitRows(HistoryTable.VECTORS, arrivals.size());
      awaitRows(HistoryTable.TRANSACTIONS, arrivals.size());
      awaitRows(HistoryTable.LABELS, labels.size());
      four.cancel();
      history.cancel();
      RunningJob one = features(platform, 1);
      awaitVectors(platform, consumer, arrivals.size());
      one.cancel();
    }
    assertThat(seen).hasSize(PAYMENTS);

    Backfill.Outcome outcome =
        Backfill.run(
            folder.resolve("history"),
            CATALOGUE,
            Files.createDirectory(folder.resolve("again")),
            new Terminal(new PrintWriter(Writer.nullWriter()), false, WallClock.INSTANCE));
    assertThat(outcome.compared()).isEqualTo(PAYMENTS);
    assertThat(outcome.different()).isZero();
  }

  private static List<Transaction> payments() throws Exception {
    List<Transaction> payments = new ArrayList<>();
    SimulatorCsv bank =
        new SimulatorCsv(
            new BankSimulator(SimulatorSettings.of(31, CUSTOMERS)).transactions(),
            PAYMENTS,
            truth -> {});
    DoorSettings settings =
        DoorSettings.of(
                TokenKey.of("the key of this test".getBytes(StandardCharsets.UTF_8)),
                WallClock.INSTANCE)
            .withLabels(id -> null);
    try (CsvDoor door =
        CsvDoor.open(bank, "bank", Profiles.under(Home.path("")).find("simulator"), settings)) {
      for (DoorResult next = door.next(); next != null; next = door.next()) {
        String currency = CURRENCIES.get(payments.size() % CURRENCIES.size());
        payments.add(
            Transaction.newBuilder(((DoorResult.Accepted) next).transaction())
                .setCurrency(currency)
                .build());
      }
    }
    assertThat(payments).hasSize(PAYMENTS);
    return payments;
  }

  private static List<Label> labels(List<Transaction> payments) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < payments.size(); i += LABELLED_ONE_IN) {
      Transaction payment = payments.get(i);
      labels.add(
          Label.newBuilder()
              .setTransactionId(payment.getTransactionId())
              .setEventTimeMs(payment.getEventTimeMs())
              .setKnownAtMs(payment.getEventTimeMs() + LABEL_DELAY.toMillis())
              .setFraud(true)
              .setOrigin("test")
              .build());
    }
    return labels;
  }

  /** Each less than the allowed disorder after its time, some a second time. */
  private static List<Transaction> arrivals(List<Transaction> payments) {
    Random random = new Random(32);
    record Arrival(long atMs, Transaction payment) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Transaction payment : payments) {
      int times = random.nextInt(REPEAT_ONE_IN) == 0 ? 2 : 1;
      for (int time = 0; time < times; time++) {
        arrivals.add(new Arrival(payment.getEventTimeMs() + random.nextInt(DISORDER_MS), payment));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    return arrivals.stream().map(Arrival::payment).toList();
  }

  private static void send(
      EmbeddedPlatform platform,
      KafkaProducer<byte[], byte[]> producer,
      List<Label> labels,
      List<Transaction> arrivals)
      throws Exception {
    ConfluentRegistry registry = new ConfluentRegistry(platform.registryUrl());
    EventCodec<Label> labelCodec = EventCodec.of(Topics.LABELS, Label.class, registry);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Label label : labels) {
      sent.add(send(producer, Topics.LABELS, label.getTransactionId(), labelCodec, label));
    }
    EventCodec<Transaction> codec = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    for (Transaction payment : arrivals) {
      sent.add(send(producer, Topics.TRANSACTIONS, payment.getPayerAccount(), codec, payment));
    }
    for (Future<RecordMetadata> entry : sent) {
      entry.get();
    }
    for (int partition = 0; partition < Topics.TRANSACTIONS.partitions(); partition++) {
      producer.send(Heartbeat.record(partition, Long.MAX_VALUE / 2)).get();
    }
  }

  private static <T extends SpecificRecord> Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer,
      Topics topic,
      String key,
      EventCodec<T> codec,
      T event) {
    return producer.send(
        new ProducerRecord<>(
            topic.topic(), key.getBytes(StandardCharsets.UTF_8), codec.encode(event)));
  }

  private RunningJob history(EmbeddedPlatform platform) {
    HistorySettings settings =
        new HistorySettings(
            platform.bootstrapServers(),
            platform.registryUrl(),
            "history",
            folder.resolve("history").toString(),
            2_000,
            1);
    return platform
        .flink()
        .submit(
            "history", env -> HistoryPipeline.define(env, HistorySource.kafka(settings), settings));
  }

  private static RunningJob features(EmbeddedPlatform platform, int parallelism) {
    String name = "features-" + parallelism;
    StreamSettings defaults =
        StreamSettings.of(name, platform.bootstrapServers(), platform.registryUrl(), parallelism);
    StreamSettings.Timing timing = defaults.timing();
    StreamSettings settings =
        defaults.withTiming(
            new StreamSettings.Timing(DISORDER_MS, timing.idleMs(), timing.driftMs()));
    RunningJob job =
        platform
            .flink()
            .submit(
                name,
                env -> {
                  env.setParallelism(parallelism);
                  FeaturesPipeline.define(
                      env, CATALOGUE, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
                });
    job.awaitRunning(LIMIT);
    return job;
  }

  private void awaitVectors(
      EmbeddedPlatform platform, KafkaConsumer<byte[], byte[]> consumer, int vectors) {
    EventCodec<FeatureVector> codec =
        EventCodec.of(
            Topics.FEATURES, FeatureVector.class, new ConfluentRegistry(platform.registryUrl()));
    int[] count = {0};
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1)) // a poll waits for records itself
        .until(
            () -> {
              for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(100))) {
                see(codec.decode(entry.value()));
                count[0]++;
              }
              return count[0] >= vectors;
            });
    assertThat(count[0]).as("vectors of one job").isEqualTo(vectors);
  }

  /** A repeat, and the other job, must say the same. */
  private void see(FeatureVector vector) {
    FeatureBits bits = FeatureBits.of(vector);
    String id = vector.getTransaction().getTransactionId();
    FeatureBits before = seen.put(id, bits);
    if (before != null && !before.equals(bits)) {
      throw new AssertionError(id + " has another vector: " + before + ", " + bits);
    }
  }

  private void awaitRows(HistoryTable table, long rows) {
    String files = folder.resolve("history").resolve(table.folder()) + "/*/*.parquet";
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsMatching(SQLException.class::isInstance) // no file yet
        .until(() -> count(files) >= rows);
  }

  private static long count(String files) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT count(*) FROM read_parquet('" + files + "')")) {
      found.next();
      return found.getLong(1);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedPlatform platform) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            platform.bootstrapServers(),
            "linger.ms",
            "20",
            "enable.idempotence",
            "true"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedPlatform platform) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            platform.bootstrapServers(),
            "group.id",
            "parity",
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
