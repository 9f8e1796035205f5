package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.outcome.CohortWatch;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Performance of cohorts and fairness between groups, from the topics to [drift]. */
class OutcomePanelsTest {
  private static final long DELAY = 1_000;
  private static final long REACH = 1_500;
  private static final OutcomeSettings SETTINGS =
      new OutcomeSettings(
          DELAY,
          100,
          10,
          64,
          1_000,
          new OutcomeSettings.Detectors(
              1e12,
              1e12,
              1e12,
              new Learning(100, 2_000, 0.01),
              REACH,
              new OutcomeSettings.Panels(
                  new CohortWatch.Settings(1_000, 20, 5, 0.01),
                  new OutcomeSettings.Groups(PaymentPart.CHANNEL, 2_000, 0.001))));

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final SplittableRandom random = new SplittableRandom(251);
  @TempDir private Path stateDir;
  private final DriftMeter meter = new DriftMeter();
  private DriftTopic topic;
  private TestInputTopic<byte[], byte[]> decided;
  private TestInputTopic<byte[], byte[]> labelled;
  private TestInputTopic<byte[], byte[]> computed;
  private EventCodec<Decision> decisions;
  private EventCodec<Label> labels;
  private EventCodec<FeatureVector> vectors;

  @BeforeEach
  void open() {
    topic =
        new DriftTopic(
            OutcomeTopology.define("r1", SETTINGS, registry, meter, Topics.DECISIONS.partitions()),
            registry,
            stateDir);
    decided = topic.input(Topics.DECISIONS);
    labelled = topic.input(Topics.LABELS);
    computed = topic.input(Topics.FEATURES);
    decisions = topic.codec(Topics.DECISIONS, Decision.class);
    labels = topic.codec(Topics.LABELS, Label.class);
    vectors = topic.codec(Topics.FEATURES, FeatureVector.class);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  /**
   * One payment in 25 is fraud, with a high score if the model sees it; one in ten of channel
   * {@code web} is stopped as {@code web} says, of others one in fifty. The vector comes before or
   * after the decision.
   */
  private void pay(int from, int to, boolean sees, double web) {
    for (int at = from; at < to; at++) {
      boolean fraud = at % 25 == 0;
      String channel = at % 2 == 0 ? "card" : "web";
      boolean stopped = random.nextDouble() < (channel.equals("web") ? web : 0.02);
      double score = fraud && sees ? 0.5 + random.nextDouble() / 2 : random.nextDouble() / 2;
      if (at % 3 == 0) {
        vector(at, channel);
      }
      decide(at, score, stopped);
      if (at % 3 != 0) {
        vector(at, channel);
      }
      if (fraud) {
        label(at);
      }
    }
  }

  @Test
  void shouldTellPerformanceOfCohortsOfOneAge() {
    pay(0, 6_000, true, 0.02);
    List<DriftMeasurement> before = topic.readings("performance");
    assertThat(before)
        .extracting(DriftMeasurement::getSubject)
        .containsOnly("missed-at-budget", "pr-auc-lost");
    assertThat(before).noneMatch(DriftMeasurement::getDrifted);
    assertThat(before.get(0).getFilling()).isNotNull();
    assertThat(before.get(0).getStatistic()).isLessThan(0.1);
    assertThat(before.get(0).getSamples()).isEqualTo(1_000);
    pay(6_000, 9_500, false, 0.02);
    List<DriftMeasurement> after = topic.readings("performance");
    assertThat(after).filteredOn(DriftMeasurement::getDrifted).isNotEmpty();
    DriftMeasurement worst = after.get(after.size() - 1);
    assertThat(worst.getDrifted()).isTrue();
    assertThat(worst.getFilling()).isNull();
    assertThat(worst.getStatistic()).isGreaterThan(worst.getThreshold());
    assertThat(worst.getPValue()).isLessThan(0.005);
  }

  @Test
  void shouldTellAGroupThatIsStoppedMoreOften() {
    pay(0, 2_100, true, 0.02);
    assertThat(topic.readings("fairness")).isNotEmpty().noneMatch(DriftMeasurement::getDrifted);
    pay(2_100, 6_100, true, 0.12);
    List<DriftMeasurement> unfair =
        topic.readings("fairness").stream().filter(DriftMeasurement::getDrifted).toList();
    assertThat(unfair)
        .isNotEmpty()
        .allMatch(of -> of.getSubject().equals("false-positive-ratio.web"));
    assertThat(unfair.get(0).getThreshold()).isEqualTo(1.25);
    assertThat(unfair.get(0).getStatistic()).isGreaterThan(1.25);
  }

  @Test
  void shouldNotLearnTheRateOfAlertsBeforeTheStreamIsOld() {
    pay(0, 3_000, true, 0.02);
    List<DriftMeasurement> rate =
        topic.readings().stream()
            .filter(of -> of.getMonitor().equals("alert-rate"))
            .filter(of -> of.getSubject().equals("rise"))
            .toList();
    assertThat(rate).hasSizeGreaterThanOrEqualTo(2);
    assertThat(rate.get(0).getFilling()).isBetween(0.5, 0.7);
    assertThat(rate.get(rate.size() - 1).getFilling()).isNull();
  }

  /** Nothing would ever take them away: time never comes to them. */
  @Test
  void shouldNotKeepGroupsAndLabelsOfPaymentsFarAhead() {
    SimpleMeterRegistry shown = new SimpleMeterRegistry();
    meter.bindTo(shown);
    decide(0, 0.01, false);
    for (int i = 0; i < 10; i++) {
      vector(Integer.MAX_VALUE - i, "web");
      label(Integer.MAX_VALUE - 1_000 - i);
    }
    assertThat(waiting()).isEqualTo(1);
    assertThat(shown.get("retrain.ahead").functionCounter().count()).isEqualTo(20);

    vector(2_000, "web");
    label(3_000);
    assertThat(waiting()).as("what is not far ahead waits").isEqualTo(3);
  }

  private long waiting() {
    return topic
        .driver()
        .<Object, Object>getKeyValueStore(MaturingProcessor.WAITING)
        .approximateNumEntries();
  }

  private static byte[] key(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  private void vector(int at, String channel) {
    computed.pipeInput(
        key("a"),
        vectors.encode(
            DriftTopic.vector(DriftTopic.payment("t" + at, at, channel), "d", List.of(1f))));
  }

  private void decide(int at, double score, boolean stopped) {
    decided.pipeInput(
        key("t" + at),
        decisions.encode(
            Decision.newBuilder()
                .setDecisionId("d" + at)
                .setTransactionId("t" + at)
                .setPayerAccount("a")
                .setEventTimeMs(at)
                .setIngestedAtMs(at)
                .setDecidedAtMs(at)
                .setScore(score)
                .setOutcome(stopped ? Outcome.HOLD : Outcome.APPROVE)
                .setRelease("r1")
                .setFeatureDigest("d")
                .setRuleSet("")
                .build()));
  }

  private void label(int at) {
    labelled.pipeInput(
        key("t" + at),
        labels.encode(
            Label.newBuilder()
                .setTransactionId("t" + at)
                .setEventTimeMs(at)
                .setKnownAtMs(at + 50)
                .setFraud(true)
                .setOrigin("chargeback")
                .build()));
  }
}
