package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.Heartbeat;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The features job on a real broker, registry and mini cluster with RocksDB, with a sender before
 * it and a reader behind it. Checkpoints are taken when asked for. For one test thread.
 */
final class LiveFeatures implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration MANY_LIMIT = Duration.ofMinutes(3);
  private static final Duration ON_DEMAND = Duration.ofHours(1);
  private static final String GROUP = "features";

  private final EmbeddedPlatform platform;
  private final ConfluentRegistry registry;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RunningJob job;
  private final EventCodec<Transaction> payments;
  private final EventCodec<Label> labels;
  private final EventCodec<FeatureVector> vectors;
  private final Map<String, FeatureVector> seen = new HashMap<>();
  private long labelsSent;
  private long paymentsBefore;
  private long labelsBefore;

  private LiveFeatures(Catalogue catalogue, StreamSettings.Timing timing) {
    platform =
        EmbeddedPlatform.start(
            PlatformOptions.ephemeral()
                .withFlink(
                    FlinkOptions.defaults()
                        .withParallelism(2, 2)
                        .withCheckpointInterval(ON_DEMAND)),
            progress -> {});
    String servers = platform.bootstrapServers();
    registry = new ConfluentRegistry(platform.registryUrl());
    payments = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    labels = EventCodec.of(Topics.LABELS, Label.class, registry);
    vectors = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", servers, "group.id", "test", "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.FEATURES.topic()));
    job = submit(catalogue, timing);
  }

  /** Starts the job at parallelism 2 and waits until it runs. */
  static LiveFeatures start(Catalogue catalogue, StreamSettings.Timing timing) {
    return new LiveFeatures(catalogue, timing);
  }

  private RunningJob submit(Catalogue catalogue, StreamSettings.Timing timing) {
    paymentsBefore = CountingFilter.PAYMENTS.get();
    labelsBefore = CountingFilter.LABELS.get();
    StreamSettings settings =
        StreamSettings.of(GROUP, platform.bootstrapServers(), platform.registryUrl(), 2)
            .withTiming(timing);
    RunningJob running =
        platform
            .flink()
            .submit(
                "features",
                env -> {
                  env.configure(JobConfiguration.streaming());
                  env.setParallelism(settings.parallelism());
                  FeaturesPipeline.define(
                      env, catalogue, counted(settings), FeaturesSink.kafka(settings));
                });
    running.awaitRunning(LIMIT);
    return running;
  }

  private static FeaturesPipeline.Inputs counted(StreamSettings settings) {
    FeaturesPipeline.Inputs inputs = FeaturesSource.kafka(settings);
    return new FeaturesPipeline.Inputs(
        env ->
            inputs
                .transactions()
                .open(env)
                .filter(new CountingFilter<>(true))
                .uid("count-payments"),
        env -> inputs.labels().open(env).filter(new CountingFilter<>(false)).uid("count-labels"));
  }

  /** Counts what leaves a source, in this process for all of its jobs. */
  private static final class CountingFilter<T> implements FilterFunction<T> {
    @Serial private static final long serialVersionUID = 1L;
    private static final AtomicLong PAYMENTS = new AtomicLong();
    private static final AtomicLong LABELS = new AtomicLong();

    private final boolean payments;

    CountingFilter(boolean payments) {
      this.payments = payments;
    }

    @Override
    public boolean filter(T event) {
      (payments ? PAYMENTS : LABELS).incrementAndGet();
      return true;
    }
  }

  /** Payments that the job has read since it was submitted, again after a kill. */
  long read() {
    return CountingFilter.PAYMENTS.get() - paymentsBefore;
  }

  String bootstrapServers() {
    return platform.bootstrapServers();
  }

  ConfluentRegistry registry() {
    return registry;
  }

  RunningJob job() {
    return job;
  }

  /** Kills the task manager with all that the job has not saved, and starts another. */
  void killTaskManager() {
    platform.flink().replaceTaskManager();
  }

  /** Sends payments, each to the partition of its payer. */
  void send(List<Transaction> all) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Transaction payment : all) {
      sent.add(producer.send(entry(null, payment)));
    }
    await(sent);
  }

  /** Sends payments to one partition. */
  void sendTo(int partition, List<Transaction> all) throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Transaction payment : all) {
      sent.add(producer.send(entry(partition, payment)));
    }
    await(sent);
  }

  private ProducerRecord<byte[], byte[]> entry(@Nullable Integer partition, Transaction payment) {
    return new ProducerRecord<>(
        Topics.TRANSACTIONS.topic(),
        partition,
        payment.getPayerAccount().getBytes(StandardCharsets.UTF_8),
        payments.encode(payment));
  }

  /** Sends labels and waits until the job has read them and saved that it did. */
  void sendLabels(List<Label> all) throws Exception {
    if (all.isEmpty()) {
      return;
    }
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Label label : all) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.LABELS.topic(),
                  label.getTransactionId().getBytes(StandardCharsets.UTF_8),
                  labels.encode(label))));
    }
    await(sent);
    labelsSent += all.size();
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> CountingFilter.LABELS.get() - labelsBefore >= labelsSent);
    job.awaitRunning(LIMIT);
    job.checkpoint();
  }

  private static void await(List<Future<RecordMetadata>> sent) throws Exception {
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** Tells all partitions that no payment before a time will follow. */
  void beat(long timeMs) throws Exception {
    for (int partition = 0; partition < Topics.TRANSACTIONS.partitions(); partition++) {
      beat(partition, timeMs);
    }
  }

  void beat(int partition, long timeMs) throws Exception {
    producer.send(Heartbeat.record(partition, timeMs)).get();
  }

  /** Payments with a vector so far. */
  int seen() {
    for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(20))) {
      FeatureVector vector = vectors.decode(entry.value());
      seen.putIfAbsent(vector.getTransaction().getTransactionId(), vector);
    }
    return seen.size();
  }

  /** Waits until that many payments have a vector. */
  void awaitVectors(int count) {
    Awaitility.await()
        .atMost(MANY_LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1)) // a poll waits for records itself
        .until(() -> seen() >= count);
  }

  /** The first vector of each payment so far, by the payment's id. */
  Map<String, FeatureVector> vectors() {
    return Map.copyOf(seen);
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
    platform.close(Deadline.in(LIMIT)); // alone it leaves behind what has not stopped in 9 s
  }
}
