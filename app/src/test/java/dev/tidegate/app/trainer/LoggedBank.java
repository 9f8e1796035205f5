package dev.tidegate.app.trainer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Payments, vectors and labels as a running platform logs them, seeded: 40 days of payments with a
 * signal in two features that no shipped model knows, some vectors twice, and labels two days late.
 */
final class LoggedBank {
  static final long START_MS = 1_700_000_000_000L;
  static final long DAY_MS = 86_400_000L;
  static final int DAYS = 40;

  private final String kafka;
  private final Catalogue catalogue;
  private final EventCodec<Transaction> transactions;
  private final EventCodec<FeatureVector> vectors;
  private final EventCodec<Label> labels;

  LoggedBank(String kafka, String registry, Catalogue catalogue) {
    this.kafka = kafka;
    this.catalogue = catalogue;
    ConfluentRegistry schemas = new ConfluentRegistry(registry);
    transactions = EventCodec.of(Topics.TRANSACTIONS, Transaction.class, schemas);
    vectors = EventCodec.of(Topics.FEATURES, FeatureVector.class, schemas);
    labels = EventCodec.of(Topics.LABELS, Label.class, schemas);
  }

  /**
   * Logs payments over the days, one in twenty a fraud.
   *
   * @param prefix of their ids
   */
  void log(String prefix, int payments, long seed) throws Exception {
    Random random = new Random(seed);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < payments; i++) {
        boolean fraud = random.nextInt(20) == 0;
        long timeMs = START_MS + i * (DAYS * DAY_MS / payments);
        FeatureVector vector = vector(prefix + i, timeMs, fraud, random);
        var unusedPayment =
            producer.send(
                record(
                    Topics.TRANSACTIONS,
                    "a" + i % 300,
                    transactions.encode(vector.getTransaction())));
        for (int copy = 0; copy <= (random.nextInt(50) == 0 ? 1 : 0); copy++) {
          var unused =
              producer.send(record(Topics.FEATURES, "a" + i % 300, vectors.encode(vector)));
        }
        if (fraud) {
          var unused =
              producer.send(
                  record(
                      Topics.LABELS,
                      prefix + i,
                      labels.encode(label(prefix + i, timeMs, 2 * DAY_MS))));
        }
      }
      producer.flush();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Topics topic, String key, byte[] value) {
    return new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** Logs a fraud label. */
  static Label label(String id, long timeMs, long delayMs) {
    return Label.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(timeMs)
        .setKnownAtMs(timeMs + delayMs)
        .setFraud(true)
        .setKind(id.endsWith("1") ? "takeover" : "stolen-card")
        .setOrigin("chargeback")
        .build();
  }

  private FeatureVector vector(String id, long timeMs, boolean fraud, Random random) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < catalogue.size(); i++) {
      float noise = (float) random.nextGaussian();
      values.add(i < 2 && fraud ? noise + 1.7f : random.nextInt(20) == 0 ? Float.NaN : noise);
    }
    return FeatureVector.newBuilder()
        .setTransaction(payment(id, timeMs, random))
        .setFeatureDigest(catalogue.digest())
        .setValues(values)
        .setLate(false)
        .build();
  }

  private static Transaction payment(String id, long timeMs, Random random) {
    return Transaction.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(timeMs)
        .setSource("test")
        .setSourceOffset(0)
        .setPayerAccount("a" + random.nextInt(300))
        .setAmountMinor(100 + random.nextInt(10_000))
        .setCurrency("EUR")
        .setChannel(random.nextBoolean() ? "online" : "pos")
        .setPayerCountry(random.nextInt(3) == 0 ? "FR" : "DE")
        .build();
  }

  /** A request to train on what stands now, as of the last day. */
  Path request(Path folder, String id, String model, String release) throws IOException {
    JsonMapper json = new JsonMapper();
    ObjectNode node =
        json.createObjectNode()
            .put("requestId", id)
            .put("model", model)
            .put("cause", "concept-drift")
            .put("requestedBy", "calibration")
            .put("requestedAtMs", START_MS + DAYS * DAY_MS)
            .put("cutMs", START_MS + DAYS * DAY_MS)
            .put("windowStartMs", START_MS)
            .put("windowEndMs", START_MS + DAYS * DAY_MS)
            .put("release", release)
            .put("featureDigest", catalogue.digest())
            .put("seed", 3);
    node.putNull("statistic").putNull("threshold");
    ObjectNode offsets = node.putObject("offsets");
    ends(Topics.FEATURES).forEach((partition, end) -> offsets.put(partition.toString(), end));
    ends(Topics.LABELS).forEach((partition, end) -> offsets.put(partition.toString(), end));
    Path file = folder.resolve(id + ".json");
    Files.write(file, json.writeValueAsBytes(node));
    return file;
  }

  /** Where partitions of a topic end. */
  Map<TopicPartition, Long> ends(Topics topic) {
    Map<TopicPartition, Long> ends = new HashMap<>(ends());
    ends.keySet().removeIf(partition -> !partition.topic().equals(topic.topic()));
    return ends;
  }

  private Map<TopicPartition, Long> ends() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (Topics topic : List.of(Topics.FEATURES, Topics.LABELS, Topics.TRANSACTIONS)) {
        consumer
            .partitionsFor(topic.topic())
            .forEach(of -> partitions.add(new TopicPartition(of.topic(), of.partition())));
      }
      return consumer.endOffsets(partitions);
    }
  }
}
