package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.FeatureReference;
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
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityTopologyTest {
  private static final QualityTopology.Watched WATCHED =
      new QualityTopology.Watched(
          "r1",
          QualityTopology.Fields.of(List.of("amount", "risk"), List.of()),
          "d1",
          new Learning(100, 2_000, 0.01),
          1e6,
          0);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<FeatureVector> vectors =
      EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);
  private final SplittableRandom random = new SplittableRandom(173);
  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<String, byte[]> out;
  private int sent;

  @BeforeEach
  void open() {
    open(WATCHED);
  }

  private void open(QualityTopology.Watched watched) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(QualityTopology.define(watched, registry), settings, Instant.EPOCH);
    in =
        driver.createInputTopic(
            Topics.FEATURES.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            Topics.DRIFT.topic(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  /** A tenth without a risk, one in a hundred late; {@code broken} of them without an amount. */
  private void send(int count, double broken, String digest) {
    for (int i = 0; i < count; i++) {
      float amount = random.nextDouble() < broken ? Float.NaN : 10;
      float risk = random.nextInt(10) == 0 ? Float.NaN : 1;
      in.pipeInput(
          new byte[] {1},
          vectors.encode(vector(sent++, digest, List.of(amount, risk), random.nextInt(100) == 0)));
    }
  }

  @Test
  void shouldStaySilentWhileFaultsAreAsUsual() {
    send(10_000, 0.001, "d1");
    assertThat(out.isEmpty()).isTrue();
  }

  @Test
  void shouldNameTheFeatureThatWentMissing() {
    send(4_000, 0, "d1");
    assertThat(out.isEmpty()).isTrue();
    send(60, 0.5, "d1");
    assertThat(out.getQueueSize()).isEqualTo(1);
    var told = out.readKeyValue();
    assertThat(told.key).isEqualTo("quality-none:amount");
    DriftMeasurement alarm = drift.decode(told.value);
    assertThat(alarm.getDrifted()).isTrue();
    assertThat(alarm.getRelease()).isEqualTo("r1");
    assertThat(alarm.getStatistic()).isGreaterThanOrEqualTo(alarm.getThreshold());
    assertThat(alarm.getThreshold()).isCloseTo(1e6 / 0.99, within(1.0));
    assertThat(alarm.getWindowStartMs()).isZero();
    assertThat(alarm.getSamples()).isBetween(4_000L, 4_060L);
  }

  @Test
  void shouldTellVectorsOfAnotherCatalogueAndNotJudgeTheirFeatures() {
    send(4_000, 0, "d1");
    send(60, 1, "d2");
    assertThat(out.readKeyValuesToList())
        .singleElement()
        .satisfies(told -> assertThat(told.key).isEqualTo("quality-schema:record"));
  }

  /** A release's reference knows two channels and amounts of 1 to 9; features look back 5 s. */
  @Test
  void shouldJudgePartsAtOnceAndFeaturesOnceTheStreamIsOld() {
    driver.close();
    List<FeatureReference> references =
        List.of(
            FeatureReference.numeric("amount", new double[] {1, 9}, new long[2]),
            FeatureReference.categorical(
                "payment.channel", List.of("card", "web"), new long[2], 10));
    QualityTopology.Fields fields =
        QualityTopology.Fields.of(List.of("amount", "risk"), references);
    assertThat(fields.size()).isEqualTo(3);
    open(new QualityTopology.Watched("r1", fields, "d1", new Learning(100, 500, 0.01), 1e6, 5_000));
    pay(0, 2_000, 50, "card");
    pay(2_000, 2_100, 50, "crypto");
    assertThat(keys()).containsExactly("quality-unseen:payment.channel");
    pay(2_100, 6_000, 5, "card");
    pay(6_000, 6_100, 50, "card");
    assertThat(keys()).containsExactly("quality-range:amount");
  }

  private List<String> keys() {
    return out.readKeyValuesToList().stream().map(told -> told.key).distinct().toList();
  }

  private void pay(int from, int to, float amount, String channel) {
    for (int at = from; at < to; at++) {
      in.pipeInput(
          new byte[] {1},
          vectors.encode(
              DriftTopic.vector(
                  DriftTopic.payment("t" + at, at, channel), "d1", List.of(amount, 1f))));
    }
  }

  @Test
  void shouldGoOnFromWhatTheStoreHolds() {
    send(3_000, 0, "d1");
    KeyValueStore<String, byte[]> kept = driver.getKeyValueStore(QualityProcessor.STORE);
    VectorFaults again = new VectorFaults(WATCHED);
    again.restore(kept.get("r1"));
    assertThat(again.bytes()).isEqualTo(kept.get("r1"));
    assertThat(again.samples()).isEqualTo(3_000 - 3_000 % RowLog.ENOUGH);
    new RowLog<>(kept::get, kept::put, text -> text, RowLog.name("r1"), RowLog.ENOUGH)
        .open()
        .forEach(row -> again.take(row, alarm -> {}));
    assertThat(again.samples()).isEqualTo(3_000);
  }

  @Test
  void shouldShareTheBudgetAmongPartitions() {
    int monitors = QualityTopology.monitors(2, 4);
    assertThat(monitors).isEqualTo(4 * 7);
    assertThat(QualityTopology.runLength(PageBudget.aQuarter(1, monitors), 400, 4))
        .isCloseTo(28 * 100 * 7_862_400.0, within(1.0));
  }

  private static FeatureVector vector(int at, String digest, List<Float> values, boolean late) {
    return FeatureVector.newBuilder()
        .setTransaction(
            Transaction.newBuilder()
                .setTransactionId("t" + at)
                .setEventTimeMs(at)
                .setIngestedAtMs(at)
                .setSource("test")
                .setSourceOffset(at)
                .setPayerAccount("a")
                .setAmountMinor(1_000)
                .setCurrency("EUR")
                .build())
        .setFeatureDigest(digest)
        .setValues(values)
        .setLate(late)
        .build();
  }
}
