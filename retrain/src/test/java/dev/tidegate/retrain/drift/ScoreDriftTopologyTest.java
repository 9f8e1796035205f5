package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.release.Sha256;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreDriftTopologyTest {
  private static final ScoreReference REFERENCE =
      new ScoreReference(
          "r1",
          ScoreBins.of(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)),
          List.of(
              1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 1_000L, 0L));

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<Decision> decisions =
      EventCodec.of(Topics.DECISIONS, Decision.class, registry);
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);
  private final Random random = new Random(41);
  private final DriftMeter meter = new DriftMeter();
  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> in;
  private TestOutputTopic<String, byte[]> out;

  @BeforeEach
  void open() {
    open(new DriftSettings(1_000, CalibratedPsi.defaults()));
  }

  private void open(DriftSettings watched) {
    open(REFERENCE, watched);
  }

  private void open(ScoreReference reference, DriftSettings watched) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(
            ScoreDriftTopology.define(reference, watched, registry, meter),
            settings,
            Instant.EPOCH);
    in =
        driver.createInputTopic(
            Topics.DECISIONS.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            Topics.DRIFT.topic(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldReadOnceAWindow() {
    send(0, 2_999, 0, "r1");
    List<KeyValue<String, byte[]>> readings = out.readKeyValuesToList();
    assertThat(readings).hasSize(2);
    assertThat(readings.get(0).key).isEqualTo("score-psi:score");
    DriftMeasurement first = drift.decode(readings.get(0).value);
    DriftMeasurement second = drift.decode(readings.get(1).value);
    assertThat(first.getSamples()).isEqualTo(1_000);
    assertThat(first.getReferenceSamples()).isEqualTo(10_000);
    assertThat(first.getWindowStartMs()).isZero();
    assertThat(first.getWindowEndMs()).isEqualTo(999);
    assertThat(first.getDrifted()).isFalse();
    assertThat(first.getPValue()).isBetween(0.001, 1.0);
    assertThat(second.getWindowStartMs()).isEqualTo(1_000);
    assertThat(second.getMeasurementId()).hasSize(32).isNotEqualTo(first.getMeasurementId());
    send(2_999, 3_000, 0, "r1");
    assertThat(out.getQueueSize()).isEqualTo(1);
  }

  @Test
  void shouldShowEveryDeclaredMetric() {
    SimpleMeterRegistry shown = new SimpleMeterRegistry();
    meter.bindTo(shown);

    send(0, 1_000, 0.1, "r1");
    in.pipeInput(key(1), new byte[] {9, 9});

    assertThat(shown.getMeters().stream().map(m -> m.getId().getName()).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RetrainMetric.values()).map(RetrainMetric::metric).toList());
    assertThat(shown.get("retrain.decisions").functionCounter().count()).isEqualTo(1_000);
    assertThat(shown.get("retrain.undecodable").functionCounter().count()).isEqualTo(1);
    assertThat(shown.get("retrain.readings").tag("verdict", "drifted").functionCounter().count())
        .isEqualTo(1);
    assertThat(shown.get("retrain.readings").tag("verdict", "steady").functionCounter().count())
        .isZero();
    assertThat(shown.get("retrain.score.psi").gauge().value()).isPositive();
  }

  @Test
  void shouldCallAShift() {
    send(0, 1_000, 0.1, "r1");
    DriftMeasurement reading = drift.decode(out.readValue());
    assertThat(reading.getDrifted()).isTrue();
    assertThat(reading.getStatistic()).isGreaterThan(reading.getThreshold());
    assertThat(reading.getMonitor()).isEqualTo("score-psi");
    assertThat(reading.getSubject()).isEqualTo("score");
    assertThat(reading.getRelease()).isEqualTo("r1");
  }

  /** The first hundred end at 99: the window from 6,000 on is the first whose payments are old. */
  @Test
  void shouldCompareNothingBeforeTheWindowsOfFeaturesAreFull() {
    driver.close();
    open(new DriftSettings(1_000, CalibratedPsi.defaults()).reaching(5_900));
    send(0, 3_000, 0.3, "r1");
    send(3_000, 8_000, 0, "r1");
    send(8_000, 9_000, 0.3, "r1");
    List<DriftMeasurement> readings = out.readValuesToList().stream().map(drift::decode).toList();
    assertThat(readings).hasSize(9);
    assertThat(readings.subList(0, 6))
        .allMatch(of -> !of.getDrifted() && Double.isNaN(of.getStatistic()));
    assertThat(readings.subList(0, 6))
        .extracting(DriftMeasurement::getFilling)
        .isSorted()
        .allMatch(seen -> seen >= 0 && seen < 1);
    assertThat(readings.subList(6, 8))
        .allMatch(of -> of.getFilling() == null && !of.getDrifted() && of.getStatistic() > 0);
    assertThat(readings.get(8).getDrifted()).isTrue();
    byte[] kept = driver.<String, byte[]>getKeyValueStore(WindowProcessor.STORE).get(StreamAge.KEY);
    assertThat(StreamAge.of(kept).share(50, 100)).isZero();
  }

  @Test
  void shouldCountAPaymentWithoutAScore() {
    for (int i = 0; i < 1_000; i++) {
      in.pipeInput(key(i), bytes(i, i % 5 == 0 ? Double.NaN : random.nextDouble(), "r1"));
    }
    assertThat(drift.decode(out.readValue()).getDrifted()).isTrue();
  }

  @Test
  void shouldCountARepeatedDecisionOnce() {
    send(0, 900, 0, "r1");
    send(700, 900, 0, "r1");
    assertThat(out.isEmpty()).isTrue();
    send(900, 1_000, 0, "r1");
    assertThat(out.getQueueSize()).isEqualTo(1);
  }

  @Test
  void shouldPassOverOtherReleasesTombstonesAndForeignBytes() {
    send(0, 1_000, 0, "r2");
    for (int i = 0; i < 10; i++) {
      in.pipeInput(key(i), (byte[]) null);
      in.pipeInput(key(i), new byte[] {7, 7, 7});
    }
    assertThat(out.isEmpty()).isTrue();
  }

  /**
   * At night half of the scores are of the upper half, by day a tenth; a bank like that is steady.
   */
  @Test
  void shouldCompareWithTheSameHoursOfTheWeek() {
    int hours = HourOfWeek.HOURS;
    double[] scores = new double[200 * hours];
    long[] times = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      times[i] = i * (HourOfWeek.HOUR_MS / 200);
      scores[i] = score(times[i]);
    }
    FeatureReference byHour = FeatureReference.numeric(ScoreReference.NAME, scores, times);
    ScoreReference whole =
        new ScoreReference(
            "r1", byHour.bins(), Arrays.stream(byHour.histogram().total()).boxed().toList());
    ScoreReference told =
        new ScoreReference("r1", whole.bins(), whole.counts(), byHour.histogram());
    assertThat(drifted(whole)).as("against all hours").isGreaterThan(10);
    assertThat(drifted(told)).as("against the same hours").isZero();
  }

  private long drifted(ScoreReference reference) {
    driver.close();
    open(reference, new DriftSettings(240, new CalibratedPsi(1e-4, 0.04)));
    for (int i = 0; i < 48 * 240; i++) {
      long timeMs = i * (HourOfWeek.HOUR_MS / 240);
      in.pipeInput(key(i), bytes(i, timeMs, score(timeMs), "r1"));
    }
    List<DriftMeasurement> readings = out.readValuesToList().stream().map(drift::decode).toList();
    assertThat(readings).hasSize(48);
    return readings.stream().filter(DriftMeasurement::getDrifted).count();
  }

  private double score(long timeMs) {
    boolean night = HourOfWeek.of(timeMs) % 24 < 8;
    boolean upper = random.nextDouble() < (night ? 0.5 : 0.1);
    return (upper ? 0.5 : 0) + random.nextDouble() / 2;
  }

  @Test
  void shouldTakeItsLevelFromTheBudget() {
    PageBudget budget = PageBudget.aQuarter(13, 26);
    // 91 days of windows of 20 s, of which one monitor in 26 may call half a one.
    assertThat(new DriftSettings(2_000, CalibratedPsi.defaults()).within(budget, 100).psi())
        .satisfies(psi -> assertThat(psi.alpha()).isCloseTo(0.5 / (91 * 24 * 180), within(1e-12)))
        .satisfies(psi -> assertThat(psi.floor()).isEqualTo(0.04));
  }

  private void send(int from, int to, double shift, String release) {
    for (int i = from; i < to; i++) {
      in.pipeInput(key(i), bytes(i, Math.min(0.999, random.nextDouble() + shift), release));
    }
  }

  private static byte[] key(int i) {
    return ("t" + i).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes(int i, double score, String release) {
    return bytes(i, i, score, release);
  }

  private byte[] bytes(int i, long timeMs, double score, String release) {
    return decisions.encode(
        Decision.newBuilder()
            .setDecisionId(Sha256.hex(key(i)).substring(0, 32))
            .setTransactionId("t" + i)
            .setPayerAccount("a")
            .setEventTimeMs(timeMs)
            .setIngestedAtMs(timeMs)
            .setDecidedAtMs(timeMs)
            .setScore(score)
            .setOutcome(Outcome.APPROVE)
            .setRelease(release)
            .setFeatureDigest("d")
            .setRuleSet("")
            .build());
  }
}
