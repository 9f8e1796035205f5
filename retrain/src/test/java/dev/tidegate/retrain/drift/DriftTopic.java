package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** A topology in a test driver, with [drift] read back. */
final class DriftTopic implements AutoCloseable {
  private final InMemoryRegistry registry;
  private final EventCodec<DriftMeasurement> drift;
  private final TopologyTestDriver driver;
  private final TestOutputTopic<String, byte[]> out;

  DriftTopic(Topology topology, InMemoryRegistry registry, Path stateDir) {
    this.registry = registry;
    drift = EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver = new TopologyTestDriver(topology, settings, Instant.EPOCH);
    out =
        driver.createOutputTopic(
            Topics.DRIFT.topic(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  TopologyTestDriver driver() {
    return driver;
  }

  TestInputTopic<byte[], byte[]> input(Topics topic) {
    return driver.createInputTopic(
        topic.topic(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  <T extends SpecificRecord> EventCodec<T> codec(Topics topic, Class<T> type) {
    return EventCodec.of(topic, type, registry);
  }

  /** Readings since the last call. */
  List<DriftMeasurement> readings() {
    return out.readValuesToList().stream().map(drift::decode).toList();
  }

  /** Readings of one monitor since the last call; the others are passed over. */
  List<DriftMeasurement> readings(String monitor) {
    return readings().stream().filter(of -> of.getMonitor().equals(monitor)).toList();
  }

  static Transaction payment(String id, long timeMs, @Nullable String channel) {
    return Transaction.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(timeMs)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount("a" + id)
        .setAmountMinor(1_000)
        .setCurrency("EUR")
        .setChannel(channel)
        .build();
  }

  static FeatureVector vector(Transaction payment, String digest, List<Float> values) {
    return FeatureVector.newBuilder()
        .setTransaction(payment)
        .setFeatureDigest(digest)
        .setValues(values)
        .setLate(false)
        .build();
  }

  @Override
  public void close() {
    driver.close();
  }
}
