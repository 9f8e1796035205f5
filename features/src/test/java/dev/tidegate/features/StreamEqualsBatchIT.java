package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.StreamSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million payments give the same vectors, bit for bit: from a file in order at parallelism 1, the
 * batch; and out of order and with repeats, as a stream from a file at parallelism 1 and as a
 * stream from Kafka, with RocksDB and checkpoints, at parallelism 4.
 */
class StreamEqualsBatchIT {
  private static final int PAYMENTS = Integer.getInteger("tidegate.parity.payments", 1_000_000);
  private static final int PAYERS = 20_000;
  private static final int REPEAT_ONE_IN = 100;
  private static final long DISORDER_MS = 60_000;

  /**
   * How far ahead a partition is read. The payments are of 520 days: by the default, a minute, the
   * job would wait for agreements on event time.
   */
  private static final long DRIFT_MS = Duration.ofDays(30).toMillis();

  /** Tasks stand still while a checkpoint flushes; some are enough here, others test them. */
  private static final Duration CHECKPOINTS = Duration.ofSeconds(15);

  private static final int MANAGED_MIB = 512;

  /** Of the jobs that stream from Kafka, one after the other; {@code 4,1} has one more. */
  private static final List<Integer> PARALLELISMS =
      Arrays.stream(System.getProperty("tidegate.parity.parallelism", "4").split(","))
          .map(Integer::valueOf)
          .toList();

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void shouldGiveBitEqualVectorsInAStreamAndInABatch() throws Exception {
    List<Transaction> payments = Payments.stream(PAYMENTS, 8, PAYERS);
    List<Label> labels = Payments.frauds(payments);
    List<Transaction> shuffled = shuffledWithRepeats(payments);
    assertThat(shuffled).hasSizeGreaterThan(payments.size());

    Map<String, Integer> inOrder = ofFile("in-order", payments, 0, labels);
    assertThat(inOrder).hasSize(PAYMENTS);
    assertThat(ofFile("shuffled", shuffled, DISORDER_MS, labels)).isEqualTo(inOrder);
    assertThat(streamed(shuffled, labels)).isEqualTo(inOrder);
  }

  private static List<Transaction> shuffledWithRepeats(List<Transaction> payments) {
    Random random = new Random(9);
    record Arrival(long atMs, Transaction payment) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Transaction payment : payments) {
      long timeMs = payment.getEventTimeMs();
      arrivals.add(new Arrival(timeMs + random.nextInt((int) DISORDER_MS), payment));
      if (random.nextInt(REPEAT_ONE_IN) == 0) {
        arrivals.add(new Arrival(timeMs + random.nextInt((int) DISORDER_MS), payment));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    return arrivals.stream().map(Arrival::payment).toList();
  }

  /** By one subtask, from a file in the order given. */
  private Map<String, Integer> ofFile(
      String name, List<Transaction> payments, long disorderMs, List<Label> labels)
      throws Exception {
    Path work = Files.createDirectory(folder.resolve(name));
    Path in = work.resolve("payments.avro");
    Path known = work.resolve("labels.avro");
    Path out = work.resolve("vectors");
    write(in, Transaction.class, payments);
    write(known, Label.class, labels);
    OfflineFeaturesJob.run(
        Payments.CATALOGUE, new OfflineFeaturesJob.Files(in, known, out, disorderMs), 1);
    Map<String, Integer> seen = new HashMap<>();
    try (EventFile.Reader<FeatureVector> reader = EventFile.read(out, FeatureVector.class)) {
      for (FeatureVector next = reader.next(); next != null; next = reader.next()) {
        see(seen, next);
      }
    }
    return seen;
  }

  private static <T extends SpecificRecord> void write(Path file, Class<T> type, List<T> events)
      throws IOException {
    try (DataFileWriter<T> writer = EventFile.writer(file, type)) {
      for (T event : events) {
        writer.append(event);
      }
    }
  }

  /** Keeps a hash of all bits of a vector; a repeat must have the same. */
  private static void see(Map<String, Integer> seen, FeatureVector vector) {
    assertThat(vector.getLate()).isFalse();
    int bits = 17;
    for (Float value : vector.getValues()) {
      bits = 31 * bits + Float.floatToRawIntBits(value);
    }
    assertThat(vector.getSequences()).hasSize(2);
    for (List<Float> sequence : vector.getSequences()) {
      bits = 31 * bits + sequence.size();
      for (Float value : sequence) {
        bits = 31 * bits + Float.floatToRawIntBits(value);
      }
    }
    bits = 31 * bits + Boolean.hashCode(vector.getApproximate());
    String id = vector.getTransaction().getTransactionId();
    Integer before = seen.put(id, bits);
    if (before != null && before != bits) {
      throw new AssertionError("a repeat of " + id + " has another vector");
    }
  }

  /** One job after the other over the same topics; what both say of a payment must be the same. */
  private Map<String, Integer> streamed(List<Transaction> payments, List<Label> labels)
      throws Exception {
    Map<String, Integer> seen = new HashMap<>();
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral().withFlink(flink()), progress -> {});
        KafkaProducer<byte[], byte[]> producer = producer(platform);
        KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
      ConfluentRegistry registry = new ConfluentRegistry(platform.registryUrl());
      send(producer, EventCodec.of(Topics.LABELS, Label.class, registry), Topics.LABELS, labels);
      send(
          producer,
          EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry),
          Topics.TRANSACTIONS,
          payments);
      for (int partition = 0; partition < Topics.TRANSACTIONS.partitions(); partition++) {
        producer.send(Heartbeat.record(partition, Long.MAX_VALUE / 2)).get();
      }
      consumer.subscribe(List.of(Topics.FEATURES.topic()));
      for (int parallelism : PARALLELISMS) {
        RunningJob job = submit(platform, parallelism);
        await(
            consumer,
            EventCodec.of(Topics.FEATURES, FeatureVector.class, registry),
            seen,
            payments.size());
        job.cancel();
      }
    }
    return seen;
  }

  private static FlinkOptions flink() {
    FlinkOptions defaults = FlinkOptions.defaults();
    return new FlinkOptions(
        defaults.slots(),
        defaults.parallelism(),
        CHECKPOINTS,
        defaults.bufferTimeout(),
        MANAGED_MIB,
        defaults.restart());
  }

  private static void await(
      KafkaConsumer<byte[], byte[]> consumer,
      EventCodec<FeatureVector> codec,
      Map<String, Integer> seen,
      int vectors) {
    int[] count = {0};
    Awaitility.await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1)) // a poll waits for records itself
        .until(
            () -> {
              for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(100))) {
                see(seen, codec.decode(entry.value()));
                count[0]++;
              }
              return count[0] >= vectors;
            });
    assertThat(count[0]).as("vectors of one job").isEqualTo(vectors);
  }

  private static <T extends SpecificRecord> void send(
      KafkaProducer<byte[], byte[]> producer, EventCodec<T> codec, Topics topic, List<T> events)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (T event : events) {
      byte[] key =
          event instanceof Transaction payment
              ? payment.getPayerAccount().getBytes(StandardCharsets.UTF_8)
              : new byte[0];
      sent.add(producer.send(new ProducerRecord<>(topic.topic(), key, codec.encode(event))));
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  private static RunningJob submit(EmbeddedPlatform platform, int parallelism) {
    String name = "features-" + parallelism;
    StreamSettings defaults =
        StreamSettings.of(name, platform.bootstrapServers(), platform.registryUrl(), parallelism);
    StreamSettings.Timing timing = defaults.timing();
    StreamSettings settings =
        defaults.withTiming(new StreamSettings.Timing(DISORDER_MS, timing.idleMs(), DRIFT_MS));
    RunningJob job =
        platform
            .flink()
            .submit(
                name,
                env -> {
                  env.setParallelism(parallelism);
                  FeaturesPipeline.define(
                      env,
                      Payments.CATALOGUE,
                      FeaturesSource.kafka(settings),
                      FeaturesSink.kafka(settings));
                });
    job.awaitRunning(LIMIT);
    return job;
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
            "features-parity",
            "auto.offset.reset",
            "earliest",
            "max.poll.records",
            10_000),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
