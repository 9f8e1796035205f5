package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.ensemble.Blend;
import dev.tidegate.scoring.ensemble.Calibration;
import dev.tidegate.scoring.ensemble.EnsembleModel;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.rules.RuleDefinition;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several releases over the same payments; what a release answers shows whose answer it is. */
final class LineupTest {
  private static final int PAYMENTS = 10_000;
  private static final CanaryShare SHARE = new CanaryShare("canary", 20);

  private final List<RuntimeException> failures = new ArrayList<>();

  @Test
  void shouldLetTheCanaryDecideItsPayersAlone() {
    Lineup lineup = new Lineup(scorer("champion", 0), scorer("canary", 0.5f), SHARE, List.of());
    List<Decision> decisions =
        maker(lineup).decide(vectors(), 1).stream().map(Verdict::decision).toList();

    assertThat(decisions).hasSize(PAYMENTS);
    assertThat(decisions)
        .allMatch(
            one ->
                one.getRelease().equals(SHARE.has(one.getPayerAccount()) ? "canary" : "champion"))
        .allMatch(one -> one.getScore() == (one.getRelease().equals("canary") ? 0.625 : 0.125));
    assertThat(decisions.stream().filter(one -> one.getRelease().equals("canary")).count())
        .isBetween(PAYMENTS * 18L / 100, PAYMENTS * 22L / 100);
  }

  @Test
  void shouldLetShadowsScoreEverythingAndDecideNothing() {
    Lineup lineup =
        new Lineup(
            scorer("champion", 0),
            scorer("canary", 0.5f),
            SHARE,
            List.of(scorer("shadow", 0.75f), scorer("broken", EchoModel.BREAKS - 0.125f)));
    List<Verdict> verdicts = maker(lineup).decide(vectors(), 1);

    assertThat(verdicts).noneMatch(one -> one.decision().getRelease().equals("shadow"));
    for (int number = 0; number < verdicts.size(); number++) {
      Verdict verdict = verdicts.get(number);
      Decision decision = verdict.decision();
      // As text: Avro's records with a NaN equal none.
      assertThat(verdict.shadows().toString())
          .isEqualTo(
              List.of(
                      shadow(decision, "shadow", 0.875, Outcome.HOLD, null),
                      shadow(
                          decision,
                          "broken",
                          Double.NaN,
                          Outcome.HOLD,
                          number < 32 ? "model-failure" : "model-down"))
                  .toString());
    }
    assertThat(verdicts).allMatch(verdict -> verdict.degradation() == null);
    assertThat(failures)
        .as("once for the batch, then a row each until it is left alone")
        .hasSize(33);
  }

  private static ShadowScore shadow(
      Decision decision, String release, double score, Outcome outcome, @Nullable String degraded) {
    return new ShadowScore(
        decision.getTransactionId(),
        decision.getEventTimeMs(),
        decision.getDecidedAtMs(),
        release,
        score,
        outcome,
        degraded,
        decision.getRelease(),
        decision.getScore(),
        decision.getOutcome(),
        decision.getPayerAccount());
  }

  @Test
  void shouldLetRulesAskEachModelAtWork() {
    Lineup lineup =
        new Lineup(
            scorer("champion-1", 0),
            scorer("canary-1", 0.5f),
            SHARE,
            List.of(scorer("gru", 0.75f)));
    DecisionMaker maker = maker(lineup);
    maker.use(
        RuleSet.of(
            RuleLanguage.over(lineup.champion().manifest().featureNames()),
            List.of(
                RuleDefinition.marking("champion", "score('champion') == 0.125"),
                RuleDefinition.marking("canary", "score('canary') == 0.625"),
                RuleDefinition.marking("shadow", "score('shadow') == 0.875"),
                RuleDefinition.marking("by-release", "score('gru') == 0.875"),
                RuleDefinition.marking("by-model", "score('fixture') == score"),
                RuleDefinition.marking("none", "known(score('nobody'))"))));

    for (Verdict verdict : maker.decide(vectors().subList(0, 500), 1)) {
      boolean trial = SHARE.has(verdict.payment().getPayerAccount());
      assertThat(verdict.decision().getRules())
          .containsExactlyInAnyOrder(
              trial ? "canary" : "champion", "shadow", "by-release", "by-model");
    }
  }

  @Test
  void shouldLetRulesAskTheMembersOfAnEnsemble() {
    Manifest manifest = ReleaseFixtures.echo(0.5).manifest();
    ReleaseScorer blended =
        ReleaseScorer.beside(
            manifest,
            () ->
                new EnsembleModel(
                    List.of(new EchoModel(0), new EchoModel(0.5f)),
                    List.of("forest", "gru"),
                    new Blend.WeightedMean(1, 1),
                    Calibration.none()),
            Duration.ofSeconds(10),
            WallClock.INSTANCE,
            failures::add);
    DecisionMaker maker = maker(Lineup.of(blended));
    maker.use(
        RuleSet.of(
            RuleLanguage.over(manifest.featureNames()),
            List.of(
                RuleDefinition.marking("one", "score('forest') == 0.125"),
                RuleDefinition.marking("other", "score('gru') == 0.625"),
                RuleDefinition.marking("both", "score('champion') == 0.375"))));

    assertThat(maker.decide(vectors().subList(0, 300), 1))
        .allSatisfy(
            verdict ->
                assertThat(verdict.decision().getRules())
                    .containsExactlyInAnyOrder("one", "other", "both"));
    blended.close();
  }

  @Test
  void shouldChangeBetweenBatches() {
    DecisionMaker maker = maker(Lineup.of(scorer("one", 0)));
    List<FeatureVector> vectors = vectors().subList(0, 10);
    assertThat(maker.decide(vectors, 1)).allMatch(one -> one.decision().getRelease().equals("one"));
    maker.use(Lineup.of(scorer("two", 0.5f)));

    assertThat(maker.decide(vectors, 1))
        .allMatch(one -> one.decision().getRelease().equals("two"))
        .allMatch(one -> one.decision().getScore() == 0.625);
  }

  @Test
  void shouldGiveOtherPayersToTheNextCanary() {
    CanaryShare next = new CanaryShare("next", 20);
    long both = payers().filter(payer -> SHARE.has(payer) && next.has(payer)).count();

    assertThat(both).isBetween(PAYMENTS * 3L / 100, PAYMENTS * 5L / 100);
    assertThat(payers()).noneMatch(CanaryShare.NONE::has);
    assertThat(payers()).allMatch(new CanaryShare("all", 100)::has);
    assertThat(payers().filter(SHARE::has))
        .as("who was on trial stays on it when the share grows")
        .allMatch(new CanaryShare("canary", 40)::has);
  }

  @Test
  void shouldRefuseAShareThatIsNone() {
    assertThatThrownBy(() -> new CanaryShare("x", -1)).hasMessageContaining("0 to 100");
    assertThatThrownBy(() -> new CanaryShare("x", 101)).hasMessageContaining("0 to 100");
  }

  private static Stream<String> payers() {
    return IntStream.range(0, PAYMENTS).mapToObj(i -> "payer-" + i);
  }

  private static List<FeatureVector> vectors() {
    return IntStream.range(0, PAYMENTS).mapToObj(i -> Vectors.of("t" + i, 0.125f)).toList();
  }

  private static DecisionMaker maker(Lineup lineup) {
    return new DecisionMaker(lineup, OutcomePolicy.HOLD_ALL);
  }

  /** A release that adds to what it is given. */
  private ReleaseScorer scorer(String name, float added) {
    Manifest manifest = ReleaseFixtures.named(name, ReleaseFixtures.echo(0.5).manifest());
    return new ReleaseScorer(manifest, new EchoModel(added), WallClock.INSTANCE, failures::add);
  }
}
