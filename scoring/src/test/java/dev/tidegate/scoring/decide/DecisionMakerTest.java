package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.SequenceInput;
import dev.tidegate.scoring.rules.Definition;
import dev.tidegate.scoring.rules.ListDefinition;
import dev.tidegate.scoring.rules.RuleDefinition;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleSet;
import dev.tidegate.scoring.rules.TypologyDefinition;
import dev.tidegate.scoring.rules.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionMakerTest {
  private static final long NOW_MS = 1_800_000_000_050L;

  private final Manifest manifest = ReleaseFixtures.echo(0.5).manifest();
  private final List<RuntimeException> failures = new ArrayList<>();
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final DecisionMaker maker = maker(OutcomePolicy.HOLD_ALL);

  private DecisionMaker maker(OutcomePolicy policy) {
    return new DecisionMaker(
        Lineup.of(new ReleaseScorer(manifest, new EchoModel(), clock, failures::add)), policy);
  }

  @Test
  void shouldApproveBelowTheThresholdWithoutAnAlert() {
    Verdict verdict = decide(Vectors.of("t-1", 0.25f)).get(0);

    assertThat(verdict.decision())
        .isEqualTo(
            Decision.newBuilder()
                .setDecisionId(EventId.decision("t-1").hex())
                .setTransactionId("t-1")
                .setPayerAccount("payer-t-1")
                .setEventTimeMs(1_700_000_000_000L)
                .setIngestedAtMs(1_800_000_000_000L)
                .setDecidedAtMs(NOW_MS)
                .setScore(0.25)
                .setOutcome(Outcome.APPROVE)
                .setRelease("fixture-0001")
                .setFeatureDigest(ReleaseFixtures.FEATURES)
                .setRuleSet("")
                .build());
    assertThat(verdict.alert()).isNull();
    assertThat(verdict.degradation()).isNull();
  }

  @Test
  void shouldFeedTheNewestEventsOfASequenceAfterTheFeatures() {
    Manifest two = ReleaseFixtures.withSequence(manifest, new SequenceInput("account", 0, 2, 1));
    List<float[]> seen = new ArrayList<>();
    DecisionMaker sequential =
        new DecisionMaker(
            Lineup.of(
                new ReleaseScorer(
                    two, new RowsSeen(two.layout().width(), seen), clock, failures::add)),
            OutcomePolicy.HOLD_ALL);
    List<FeatureVector> vectors =
        List.of(
            Vectors.sequence("t-1", List.of(0.5f), List.of(1f, 2f, 3f)),
            Vectors.sequence("t-2", List.of(0.25f), List.of(4f)),
            Vectors.of("t-3", 0.5f));
    List<Verdict> verdicts = sequential.decide(vectors, NOW_MS);

    assertThat(seen.get(0)).startsWith(0.5f, 2f, 3f, 0.25f, Float.NaN, 4f);
    assertThat(verdicts.get(0).decision().getScore()).isEqualTo(0.5);
    assertThat(verdicts.get(1).degradation()).isNull();
    assertThat(verdicts.get(2).degradation()).isEqualTo(Degradation.FEATURE_WIDTH_MISMATCH);
  }

  /** Keeps the rows it is given and scores each with its first value. */
  private record RowsSeen(int width, List<float[]> seen) implements Model {
    @Override
    public void score(float[] rows, int count, float[] scores) {
      seen.add(rows.clone());
      for (int i = 0; i < count; i++) {
        scores[i] = rows[i * width];
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void shouldHoldAndAlertFromTheThresholdOn() {
    FeatureVector vector = Vectors.of("t-1", 0.5f);
    Verdict verdict = decide(vector).get(0);

    assertThat(verdict.decision().getOutcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.alert())
        .isEqualTo(
            Alert.newBuilder()
                .setAlertId(EventId.alert(Lane.FRAUD, "t-1").hex())
                .setLane(Lane.FRAUD)
                .setTransaction(vector.getTransaction())
                .setCreatedAtMs(NOW_MS)
                .setScore(0.5)
                .setThreshold(0.5)
                .setOutcome(Outcome.HOLD)
                .setRelease("fixture-0001")
                .setFeatureDigest(ReleaseFixtures.FEATURES)
                .setFeatureNames(List.of("feature_0"))
                .setFeatureValues(List.of(0.5f))
                .build());
  }

  @Test
  void shouldKeepTheOrderOfTheBatch() {
    assertThat(decide(Vectors.of("a", 0.1f), Vectors.of("b", 0.9f), Vectors.of("c", 0.2f)))
        .extracting(v -> v.decision().getTransactionId(), v -> v.decision().getScore())
        .containsExactly(
            tuple("a", (double) 0.1f), tuple("b", (double) 0.9f), tuple("c", (double) 0.2f));
  }

  @Test
  void shouldDecideAnEmptyBatch() {
    assertThat(decide()).isEmpty();
  }

  @Test
  void shouldNotScoreAVectorOfAnotherFeatureSet() {
    FeatureVector other = Vectors.of("t-1", "e".repeat(64), List.of(0.1f));

    assertDegraded(decide(other).get(0), Degradation.FEATURE_DIGEST_MISMATCH);
  }

  @Test
  void shouldNotScoreAVectorOfAnotherWidth() {
    assertDegraded(decide(Vectors.of("t", 0.1f, 0.2f)).get(0), Degradation.FEATURE_WIDTH_MISMATCH);
  }

  @Test
  void shouldNotTakeANumberThatIsNoProbabilityForAScore() {
    for (float score : new float[] {Float.NaN, -0.1f, 1.1f, Float.POSITIVE_INFINITY}) {
      assertDegraded(decide(Vectors.of("t", score)).get(0), Degradation.SCORE_UNUSABLE);
    }
  }

  @Test
  void shouldDegradeOnlyTheRowThatBreaksTheModel() {
    List<Verdict> verdicts =
        decide(Vectors.of("a", 0.1f), Vectors.of("b", EchoModel.BREAKS), Vectors.of("c", 0.9f));

    assertThat(verdicts.get(0).decision().getScore()).isEqualTo((double) 0.1f);
    assertDegraded(verdicts.get(1), Degradation.MODEL_FAILURE);
    assertThat(verdicts.get(2).alert()).isNotNull();
    assertThat(failures).hasSize(2).allMatch(ModelException.class::isInstance);
  }

  @Test
  void shouldLeaveAModelAloneThatIsDownAndAskItAgain() {
    FeatureVector[] broken = new FeatureVector[32];
    Arrays.fill(broken, Vectors.of("t", EchoModel.BREAKS));
    decide(broken);
    int asked = failures.size();

    assertDegraded(decide(Vectors.of("a", 0.1f)).get(0), Degradation.MODEL_DOWN);
    assertThat(failures).hasSize(asked);

    clock.advance(Duration.ofSeconds(1));
    assertDegraded(decide(broken).get(0), Degradation.MODEL_FAILURE);
    assertDegraded(decide(Vectors.of("b", 0.1f)).get(0), Degradation.MODEL_DOWN);
    clock.advance(Duration.ofSeconds(1));
    assertThat(decide(Vectors.of("c", 0.1f)).get(0).degradation()).isNull();
    assertThat(decide(Vectors.of("d", 0.1f)).get(0).degradation()).isNull();
  }

  @Test
  void shouldNotAskTheModelAboutWhatHasWaitedTooLong() {
    DecisionMaker hasty =
        new DecisionMaker(
            Lineup.of(new ReleaseScorer(manifest, new EchoModel(), clock, failures::add)),
            OutcomePolicy.HOLD_ALL,
            Duration.ofMillis(100));
    FeatureVector old = Vectors.of("old", EchoModel.BREAKS);
    long ingested = old.getTransaction().getIngestedAtMs();
    FeatureVector young = aged(Vectors.of("young", 0.25f), ingested + 50);
    hasty.use(rules(RuleDefinition.marking("sees", "feature_0 < -6.0")));

    List<Verdict> verdicts = hasty.decide(List.of(old, young, old), ingested + 101);

    assertDegraded(verdicts.get(0), Degradation.OVERLOAD);
    assertThat(verdicts.get(0).decision().getRules()).containsExactly("sees");
    assertThat(verdicts.get(1).decision().getScore()).isEqualTo(0.25);
    assertDegraded(verdicts.get(2), Degradation.OVERLOAD);
    assertThat(failures).isEmpty();
    assertDegraded(hasty.decide(List.of(old), ingested + 100).get(0), Degradation.MODEL_FAILURE);
  }

  private static FeatureVector aged(FeatureVector vector, long ingestedAtMs) {
    return FeatureVector.newBuilder(vector)
        .setTransaction(
            Transaction.newBuilder(vector.getTransaction()).setIngestedAtMs(ingestedAtMs).build())
        .build();
  }

  @Test
  void shouldGiveTheConfiguredOutcomeWhenDegraded() {
    OutcomePolicy policy =
        new OutcomePolicy(OutcomePolicy.HOLD_ALL.bands(), Outcome.HOLD, Outcome.STEP_UP);
    DecisionMaker other = maker(policy);

    assertThat(other.decide(List.of(Vectors.of("t", Float.NaN)), NOW_MS).get(0).decision())
        .extracting(Decision::getOutcome, Decision::getDegraded)
        .containsExactly(Outcome.STEP_UP, "score-unusable");
  }

  @Test
  void shouldNotCarryAnythingFromOneBatchToTheNext() {
    decide(Vectors.of("a", 0.1f, 0.2f), Vectors.of("b", Float.NaN));

    assertThat(decide(Vectors.of("c", 0.3f), Vectors.of("d", 0.4f)))
        .allMatch(verdict -> verdict.degradation() == null);
  }

  @Test
  void shouldRefuseAModelOfAnotherWidthThanTheManifests() {
    Manifest wide = ReleaseFixtures.manifest(OnnxFixtures.forest(3, 2, 1), 3, 0.5);

    assertThatThrownBy(() -> new ReleaseScorer(wide, new EchoModel(), clock, failures::add))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNameTheRuleSetAndTheRulesThatFired() {
    RuleSet set =
        rules(
            RuleDefinition.marking("high", "feature_0 > 0.3 && score > 0.3")
                .asking(Outcome.STEP_UP),
            RuleDefinition.marking("any", "currency == 'EUR'"));
    maker.use(set);

    List<Verdict> verdicts = decide(Vectors.of("a", 0.1f), Vectors.of("b", 0.4f));

    assertThat(verdicts)
        .extracting(v -> v.decision().getRuleSet(), v -> v.decision().getRules())
        .containsExactly(
            tuple(set.version(), List.of("any")), tuple(set.version(), List.of("any", "high")));
    assertThat(verdicts)
        .extracting(v -> v.decision().getOutcome())
        .containsExactly(Outcome.APPROVE, Outcome.STEP_UP);
    assertThat(verdicts.get(0).alert()).isNull();
    assertThat(verdicts.get(1).alert().getRules()).containsExactly("any", "high");
    maker.use(rules());
    assertThat(decide(Vectors.of("b", 0.4f)).get(0).decision().getRuleSet()).isEmpty();
  }

  @Test
  void shouldAskRulesWhereNoScoreIsUsable() {
    maker.use(rules(RuleDefinition.marking("declines", "true").asking(Outcome.DECLINE)));

    Verdict verdict = decide(Vectors.of("t", "e".repeat(64), List.of(0.1f))).get(0);

    assertThat(verdict.decision().getOutcome()).isEqualTo(Outcome.DECLINE);
    assertThat(verdict.decision().getDegraded()).isEqualTo("feature-digest-mismatch");
    assertThat(verdict.alert().getFeatureValues()).isEmpty();
    assertThat(verdict.alert().getFeatureNames()).isEmpty();
  }

  @Test
  void shouldTakeFeaturesOfAnotherSetForMissing() {
    maker.use(rules(RuleDefinition.marking("known", "known(feature_0)")));

    assertThat(decide(Vectors.of("t", 0.1f)).get(0).decision().getRules()).hasSize(1);
    assertThat(decide(Vectors.of("t", "e".repeat(64), List.of(0.1f))).get(0).decision().getRules())
        .isEmpty();
  }

  @Test
  void shouldRaiseAnAlertOfTheLaneThatHasAReason() {
    TypologyDefinition typology =
        new TypologyDefinition("aml", 1, 1, null, Lane.AML, Validity.ALWAYS);
    maker.use(rules(typology, RuleDefinition.marking("part", "true").counting("aml", 1)));

    Verdict low = decide(Vectors.of("t", 0.1f)).get(0);
    Verdict high = decide(Vectors.of("t", 0.9f)).get(0);

    assertThat(low.alert().getAlertId()).isEqualTo(EventId.alert(Lane.AML, "t").hex());
    assertThat(low.decision().getOutcome()).isEqualTo(Outcome.APPROVE);
    assertThat(high.alert().getLane()).isEqualTo(Lane.FRAUD);
    assertThat(high.alert().getRules()).containsExactly("part", "aml");
  }

  @Test
  void shouldRaiseNoAlertOnWhoIsAllowed() {
    maker.use(
        rules(new ListDefinition("allow", 1, false, "merchant == 'merchant-1'", Validity.ALWAYS)));

    Verdict verdict = decide(Vectors.of("t", 0.9f)).get(0);

    assertThat(verdict.decision().getOutcome()).isEqualTo(Outcome.APPROVE);
    assertThat(verdict.decision().getRules()).containsExactly("allow");
    assertThat(verdict.alert()).isNull();
  }

  @Test
  void shouldCountRulesThatFailAndDecideAllTheSame() {
    maker.use(rules(RuleDefinition.marking("divides", "1 / (hour - hour) > 0")));

    assertThat(decide(Vectors.of("a", 0.1f), Vectors.of("b", 0.9f))).hasSize(2);
    assertThat(maker.takeRuleFailures()).isEqualTo(2);
    assertThat(maker.takeRuleFailures()).isZero();
  }

  @Test
  void shouldRefuseRulesOverOtherFeatures() {
    assertThatThrownBy(() -> maker.use(RuleSet.empty(RuleLanguage.over(List.of("other")))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RuleSet rules(Definition... definitions) {
    return RuleSet.of(RuleLanguage.over(manifest.featureNames()), List.of(definitions));
  }

  private List<Verdict> decide(FeatureVector... vectors) {
    return maker.decide(List.of(vectors), NOW_MS);
  }

  private static void assertDegraded(Verdict verdict, Degradation reason) {
    assertThat(verdict.degradation()).isEqualTo(reason);
    assertThat(verdict.alert()).isNull();
    assertThat(verdict.decision().getDegraded()).isEqualTo(reason.code());
    assertThat(verdict.decision().getOutcome()).isEqualTo(Outcome.HOLD);
    assertThat(verdict.decision().getScore()).isNaN();
  }
}
