package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
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
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.file.DataFileWriter;
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

/** The features job over a real broker and registry, killed in the middle. */
class FeaturesKafkaIT {
  /** The next one has a later time, so that it is not late once these are answered. */
  private static final int PAYMENTS = 3_001;

  private static final int MORE = 500;
  private static final int BATCH = 100;

  /** A job of it has neither labels nor what is known of payments; a checkpoint may. */
  private static final Catalogue WITHOUT_LABELS =
      Catalogue.parse(
          Payments.CATALOGUE.canonical().replaceAll("(?m)^.* risk.*$", ""),
          "without labels",
          Rates.none());

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  private final Map<String, FeatureVector> seen = new HashMap<>();

  @Test
  void shouldGiveTheVectorsOfABoundedRunAcrossAKillAndWithoutTheLabelsFeatures() throws Exception {
    List<Transaction> all = Payments.stream(PAYMENTS + MORE, 21);
    List<Transaction> payments = all.subList(0, PAYMENTS);
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {});
        KafkaProducer<byte[], byte[]> producer = producer(platform);
        KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
      ConfluentRegistry registry = new ConfluentRegistry(platform.registryUrl());
      var in = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
      var out = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
      consumer.subscribe(List.of(Topics.FEATURES.topic()));

      sendLabels(producer, registry, Payments.frauds(payments));
      RunningJob job = submit(platform, Payments.CATALOGUE);
      send(producer, in, payments.subList(0, PAYMENTS / 2));
      awaitVectors(consumer, out, PAYMENTS / 2 - BATCH);
      job.checkpoint();
      send(producer, in, payments.subList(PAYMENTS / 2, PAYMENTS * 2 / 3));
      awaitVectors(consumer, out, PAYMENTS * 2 / 3 - BATCH);
      job.kill();

      job = submit(platform, Payments.CATALOGUE);
      send(producer, in, payments.subList(PAYMENTS * 2 / 3, PAYMENTS));
      beat(producer, payments.get(PAYMENTS - 1).getEventTimeMs() + 1);
      awaitVectors(consumer, out, PAYMENTS);
      assertThat(seen).isEqualTo(bounded(Payments.CATALOGUE, payments));

      job.checkpoint();
      job.kill();
      seen.clear();
      submit(platform, WITHOUT_LABELS);
      send(producer, in, all.subList(PAYMENTS, PAYMENTS + MORE));
      beat(producer, Long.MAX_VALUE / 2);
      awaitVectors(consumer, out, MORE);
    }
    Map<String, FeatureVector> whole = bounded(WITHOUT_LABELS, all);
    whole.keySet().retainAll(seen.keySet());
    assertThat(seen).hasSize(MORE).isEqualTo(whole);
  }

  private static RunningJob submit(EmbeddedPlatform platform, Catalogue catalogue) {
    StreamSettings settings =
        StreamSettings.of("features", platform.bootstrapServers(), platform.registryUrl(), 2);
    RunningJob job =
        platform
            .flink()
            .submit(
                "features",
                env -> {
                  env.setParallelism(settings.parallelism());
                  FeaturesPipeline.define(
                      env, catalogue, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
                });
    job.awaitRunning(LIMIT);
    return job;
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      EventCodec<Transaction> codec,
      List<Transaction> payments)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    int count = 0;
    for (Transaction payment : payments) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.TRANSACTIONS.topic(),
                  payment.getPayerAccount().getBytes(StandardCharsets.UTF_8),
                  codec.encode(payment))));
      if (++count % BATCH == 0) {
        beat(producer, payment.getEventTimeMs());
      }
    }
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
  }

  /** Before the payments: a label waits until it is known, however early it comes. */
  private static void sendLabels(
      KafkaProducer<byte[], byte[]> producer, ConfluentRegistry registry, List<Label> labels)
      throws Exception {
    var codec = EventCodec.of(Topics.LABELS, Label.class, registry);
    for (Label label : labels) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.LABELS.topic(),
                  label.getTransactionId().getBytes(StandardCharsets.UTF_8),
                  codec.encode(label)))
          .get();
    }
  }

  private static void beat(KafkaProducer<byte[], byte[]> producer, long timeMs) throws Exception {
    for (int partition = 0; partition < Topics.TRANSACTIONS.partitions(); partition++) {
      producer.send(Heartbeat.record(partition, timeMs)).get();
    }
  }

  private void awaitVectors(
      KafkaConsumer<byte[], byte[]> consumer, EventCodec<FeatureVector> codec, int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(100))) {
                see(entry, codec.decode(entry.value()));
              }
              return seen.size() >= count;
            });
  }

  private void see(ConsumerRecord<byte[], byte[]> entry, FeatureVector vector) {
    assertThat(new String(entry.key(), StandardCharsets.UTF_8))
        .isEqualTo(vector.getTransaction().getPayerAccount());
    FeatureVector before = seen.put(vector.getTransaction().getTransactionId(), vector);
    if (before != null) {
      assertThat(vector).as("a repeat").isEqualTo(before);
    }
  }

  private Map<String, FeatureVector> bounded(Catalogue catalogue, List<Transaction> payments)
      throws Exception {
    Path file = folder.resolve("payments.avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(file, Transaction.class)) {
      for (Transaction payment : payments) {
        writer.append(payment);
      }
    }
    Path labels = folder.resolve("labels.avro");
    try (DataFileWriter<Label> writer = EventFile.writer(labels, Label.class)) {
      for (Label label : Payments.frauds(payments)) {
        writer.append(label);
      }
    }
    Path out = Files.createTempDirectory(folder, "vectors");
    OfflineFeaturesJob.run(catalogue, new OfflineFeaturesJob.Files(file, labels, out, 0), 1);
    Map<String, FeatureVector> vectors = new HashMap<>();
    try (var reader = EventFile.read(out, FeatureVector.class)) {
      for (FeatureVector next = reader.next(); next != null; next = reader.next()) {
        vectors.put(next.getTransaction().getTransactionId(), next);
      }
    }
    return vectors;
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedPlatform platform) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", "1"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedPlatform platform) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            platform.bootstrapServers(),
            "group.id",
            "features-test",
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
