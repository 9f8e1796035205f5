package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTopologyTest {
  private static final long DELAY = 1_000;
  private static final long GRACE = 100;
  private static final OutcomeSettings SETTINGS =
      new OutcomeSettings(
          DELAY,
          GRACE,
          10,
          64,
          1_000,
          new OutcomeSettings.Detectors(1e5, 1e5, 1e5, new Learning(100, 2_000, 0.01)));

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<Decision> decisions =
      EventCodec.of(Topics.DECISIONS, Decision.class, registry);
  private final EventCodec<Label> labels = EventCodec.of(Topics.LABELS, Label.class, registry);
  private final EventCodec<DriftMeasurement> drift =
      EventCodec.of(Topics.DRIFT, DriftMeasurement.class, registry);
  private final SplittableRandom random = new SplittableRandom(167);
  @TempDir private Path stateDir;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> decided;
  private TestInputTopic<byte[], byte[]> labelled;
  private TestOutputTopic<String, byte[]> out;

  @BeforeEach
  void open() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    driver =
        new TopologyTestDriver(
            OutcomeTopology.define("r1", SETTINGS, registry), settings, Instant.EPOCH);
    decided =
        driver.createInputTopic(
            Topics.DECISIONS.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    labelled =
        driver.createInputTopic(
            Topics.LABELS.topic(), new ByteArraySerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            Topics.DRIFT.topic(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private List<DriftMeasurement> readings(String monitor) {
    List<DriftMeasurement> all = new ArrayList<>();
    out.readValuesToList().stream()
        .map(drift::decode)
        .filter(reading -> reading.getMonitor().equals(monitor))
        .forEach(all::add);
    return all;
  }

  /** Calibrated scores of 5 %, of which fraud comes {@code times} as often. */
  private void pay(int from, int to, double times, double stopped) {
    for (int i = from; i < to; i++) {
      decide(i, 0.05, random.nextDouble() < stopped);
      if (random.nextDouble() < 0.05 * times) {
        label(i, i + 50, true, "chargeback");
      }
    }
  }

  @Test
  void shouldTellFraudThatScoresDidNotSeeOnceLabelsHaveMatured() {
    pay(0, 4_000, 1, 0.02);
    assertThat(readings("concept-calibration")).hasSize(2).noneMatch(DriftMeasurement::getDrifted);
    pay(4_000, 5_000, 3, 0.02);
    assertThat(readings("concept-calibration")).noneMatch(DriftMeasurement::getDrifted);
    pay(5_000, 7_000, 3, 0.02);
    List<DriftMeasurement> readings = readings("concept-calibration");
    DriftMeasurement alarm =
        readings.stream().filter(DriftMeasurement::getDrifted).findFirst().orElseThrow();
    assertThat(alarm.getSubject()).isEqualTo("matured-labels");
    assertThat(alarm.getRelease()).isEqualTo("r1");
    assertThat(alarm.getStatistic()).isGreaterThanOrEqualTo(alarm.getThreshold());
    assertThat(alarm.getThreshold()).isEqualTo(1e5);
    assertThat(alarm.getWindowEndMs()).isBetween(4_000L, 5_000L);
  }

  @Test
  void shouldReadAsManyOutcomesAsPaymentsMaturedEachOnce() {
    for (int i = 0; i < 4_000; i++) {
      decide(i, 0.0001, false);
      decide(i, 0.0001, false);
    }
    decide(10, 0.0001, false);
    // 1,100 ms back from 3,990, the last tick, 2,891 payments have matured.
    List<DriftMeasurement> readings = readings("concept-calibration");
    assertThat(readings).hasSize(2);
    assertThat(readings).allMatch(reading -> reading.getSamples() == 1_000);
    assertThat(readings.get(1).getWindowStartMs()).isEqualTo(1_000);
    assertThat(readings.get(1).getWindowEndMs()).isEqualTo(1_999);
    assertThat(
            driver
                .<Object, Object>getKeyValueStore(MaturingProcessor.WAITING)
                .approximateNumEntries())
        .isEqualTo(4_000 - 2_891);
  }

  /** Labels before their decision, in time, too late, of no payment at all. */
  @Test
  void shouldTakeLabelsInAnyOrderAndOnlyThoseKnownInTime() {
    for (int i = 0; i < 100; i++) {
      label(i, i + 5, true, "chargeback");
      decide(i, 0.5, false);
      decide(100 + i, 0.5, false);
      label(100 + i, 100 + i + DELAY + 1, true, "chargeback");
      labelOf("nobody", i, i + 5, true, "chargeback");
    }
    assertThat(fraudsWaiting()).isEqualTo(200);
    for (int i = 0; i < 100; i++) {
      label(i, i + 9, false, "chargeback");
    }
    assertThat(fraudsWaiting()).isEqualTo(100);
  }

  private long fraudsWaiting() {
    long frauds = 0;
    try (var all = driver.<Object, byte[]>getKeyValueStore(MaturingProcessor.WAITING).all()) {
      while (all.hasNext()) {
        frauds += WaitingPayment.of(all.next().value).fraud() ? 1 : 0;
      }
    }
    return frauds;
  }

  @Test
  void shouldKeepDispositionsApartAndTellWorseAlerts() {
    for (int i = 0; i < 400; i++) {
      label(i, i, random.nextDouble() < 0.5, MaturingProcessor.DISPOSITION);
    }
    for (int i = 400; i < 1_000; i++) {
      label(i, i, random.nextDouble() < 0.1, MaturingProcessor.DISPOSITION);
    }
    List<DriftMeasurement> readings = readings("alert-precision");
    assertThat(readings).filteredOn(DriftMeasurement::getDrifted).hasSize(1);
    assertThat(readings.get(0).getSubject()).isEqualTo("dispositions");
    assertThat(
            driver
                .<Object, Object>getKeyValueStore(MaturingProcessor.WAITING)
                .approximateNumEntries())
        .isZero();
  }

  @Test
  void shouldTellARiseAndAFallOfStoppedPayments() {
    for (double after : new double[] {0.3, 0.02}) {
      int base = after > 0.1 ? 0 : 20_000;
      pay(base, base + 4_000, 1, 0.1);
      readings("alert-rate");
      pay(base + 4_000, base + 6_000, 1, after);
      assertThat(readings("alert-rate"))
          .filteredOn(DriftMeasurement::getDrifted)
          .extracting(DriftMeasurement::getSubject)
          .containsExactly(after > 0.1 ? "rise" : "fall");
    }
  }

  @Test
  void shouldPassOverOtherReleasesMissingScoresTombstonesAndForeignBytes() {
    for (int i = 0; i < 3_000; i++) {
      decided.pipeInput(key("t" + i), decision("t" + i, i, 0.5, true, "r2"));
      decided.pipeInput(key("t" + i), decision("t" + i, i, Double.NaN, true, "r1"));
      decided.pipeInput(key("t" + i), (byte[]) null);
      decided.pipeInput(key("t" + i), new byte[] {7, 7, 7});
      labelled.pipeInput(key("t" + i), new byte[] {7, 7, 7});
    }
    assertThat(out.isEmpty()).isTrue();
  }

  @Test
  void shouldTakeItsRunLengthsFromTheBudget() {
    OutcomeSettings settings =
        OutcomeSettings.of(
            PageBudget.aQuarter(6, OutcomeSettings.monitors()),
            new OutcomeSettings.Of(0.5, 0, PaymentPart.CHANNEL),
            new OutcomeSettings.Rates(100, 0.01),
            Duration.ofDays(30));
    OutcomeSettings.Panels panels = settings.detectors().panels();
    // Six monitors and six pages: one each, so one in 91 cohorts of a day and in 13 weeks.
    assertThat(panels.cohorts().level()).isCloseTo(1.0 / 91, within(1e-9));
    assertThat(panels.fairness().level()).isCloseTo(1.0 / 13, within(1e-9));
    assertThat(settings.groupedBy()).isEqualTo(PaymentPart.CHANNEL);
    assertThat(settings.detectors().labelRunLength()).isCloseTo(100 * 7_862_400.0, within(1.0));
    assertThat(settings.detectors().dispositionRunLength()).isCloseTo(78_624.0, within(1.0));
    assertThat(settings.labelDelayMs()).isEqualTo(Duration.ofDays(30).toMillis());
    assertThatThrownBy(() -> new OutcomeSettings(0, 0, 1, 1, 1, settings.detectors()))
        .hasMessageContaining("at least 1");
  }

  private static byte[] key(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  private void decide(int at, double score, boolean stopped) {
    decided.pipeInput(key("t" + at), decision("t" + at, at, score, stopped, "r1"));
  }

  private byte[] decision(String id, int at, double score, boolean stopped, String release) {
    return decisions.encode(
        Decision.newBuilder()
            .setDecisionId("d" + id)
            .setTransactionId(id)
            .setPayerAccount("a")
            .setEventTimeMs(at)
            .setIngestedAtMs(at)
            .setDecidedAtMs(at)
            .setScore(score)
            .setOutcome(stopped ? Outcome.HOLD : Outcome.APPROVE)
            .setRelease(release)
            .setFeatureDigest("d")
            .setRuleSet("")
            .build());
  }

  private void label(int at, long knownAtMs, boolean fraud, String origin) {
    labelOf("t" + at, at, knownAtMs, fraud, origin);
  }

  private void labelOf(String id, int at, long knownAtMs, boolean fraud, String origin) {
    labelled.pipeInput(
        key(id),
        labels.encode(
            Label.newBuilder()
                .setTransactionId(id)
                .setEventTimeMs(at)
                .setKnownAtMs(knownAtMs)
                .setFraud(fraud)
                .setOrigin(origin)
                .build()));
  }

  /** All payments before it would mature at once, and all after it be passed over. */
  @Test
  void shouldNotBeBlindedByAPaymentOfAnotherDecade() {
    for (int i = 0; i < 4_000; i++) {
      decide(i, 0.0001, false);
      if (i == 500) {
        decided.pipeInput(key("stray"), decision("stray", Integer.MAX_VALUE, 0.5, false, "r1"));
      }
    }
    assertThat(readings("concept-calibration"))
        .hasSize(2)
        .allMatch(reading -> reading.getSamples() == 1_000);
  }
}
