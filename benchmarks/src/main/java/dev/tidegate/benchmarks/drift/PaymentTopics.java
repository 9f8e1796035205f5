package dev.tidegate.benchmarks.drift;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker in this process whose topics hold payments, their vectors, decisions and labels, as they
 * follow each other; labels half an hour of event time later. For one thread.
 */
final class PaymentTopics implements AutoCloseable {
  private static final int LABELLED_AFTER = MonitoredPayments.AN_HOUR / 2;

  private final MonitoredPayments payments;
  private final Path directory;
  private final EmbeddedKafka kafka;
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Admin admin;
  private final Map<Topics, Long> held = new EnumMap<>(Topics.class);

  PaymentTopics(MonitoredPayments payments) {
    this.payments = payments;
    try {
      directory = Files.createTempDirectory("tidegate-monitors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  WatchedRelease.Place place() {
    return new WatchedRelease.Place(kafka.bootstrapServers(), registry);
  }

  /** A folder for what a topology keeps. */
  Path folder(String of) {
    return directory.resolve(of);
  }

  /** Writes so many payments. */
  void fill(int count, Terminal terminal) {
    EventCodec<Transaction> transactions =
        EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
    EventCodec<FeatureVector> vectors =
        EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
    EventCodec<Decision> decisions = EventCodec.of(Topics.DECISIONS, Decision.class, registry);
    EventCodec<Label> labels = EventCodec.of(Topics.LABELS, Label.class, registry);
    terminal.begin("filling topics", count);
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      for (int n = 0; n < count; n++) {
        FeatureVector vector = payments.vector(n);
        String payer = vector.getTransaction().getPayerAccount();
        send(producer, Topics.TRANSACTIONS, payer, transactions.encode(vector.getTransaction()));
        send(producer, Topics.FEATURES, payer, vectors.encode(vector));
        Decision decision = payments.decision(n);
        send(producer, Topics.DECISIONS, decision.getTransactionId(), decisions.encode(decision));
        if (n >= LABELLED_AFTER) {
          Label label = payments.label(n - LABELLED_AFTER);
          send(producer, Topics.LABELS, label.getTransactionId(), labels.encode(label));
        }
        terminal.at(n);
      }
    }
    terminal.end();
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "compression.type",
            "lz4",
            "linger.ms",
            20,
            "batch.size",
            131_072),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, Topics topic, String key, byte[] value) {
    held.merge(topic, 1L, Long::sum);
    // A lost record would show: what is held is waited for.
    var unused =
        producer.send(
            new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Records that a monitor has to read. */
  long held(WatchedRelease.Monitor monitor) {
    return monitor.reads().stream().mapToLong(topic -> held.getOrDefault(topic, 0L)).sum();
  }

  /** Records of its topics that an application has committed to have read. */
  long committed(String application, WatchedRelease.Monitor monitor) {
    try {
      var known = admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
      return known.entrySet().stream()
          .filter(
              of ->
                  of.getValue() != null
                      && monitor.reads().stream()
                          .anyMatch(topic -> topic.topic().equals(of.getKey().topic())))
          .mapToLong(of -> of.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      return 0; // the group is not there yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Records told on [drift]; markers of transactions count too. */
  long told() throws IOException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, Topics.DRIFT.partitions())
            .mapToObj(partition -> new TopicPartition(Topics.DRIFT.topic(), partition))
            .collect(Collectors.toMap(of -> of, of -> OffsetSpec.latest()));
    try {
      return admin.listOffsets(ends).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IOException("the broker does not say what is on [drift]", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    admin.close();
    kafka.close();
    FileUtils.deleteDirectory(directory.toFile());
  }
}
