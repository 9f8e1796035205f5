package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.rules.RuleDefinition;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that cannot be asked. */
final class RulesDownTest {
  @Test
  void shouldTakeTheDegradedOutcomeWhereNoRuleCanBeAsked() {
    Manifest manifest = ReleaseFixtures.echo(0.5).manifest();
    DecisionMaker maker =
        new DecisionMaker(
            Lineup.of(
                new ReleaseScorer(manifest, new EchoModel(), WallClock.INSTANCE, thrown -> {})),
            new OutcomePolicy(0.9, Outcome.HOLD, Outcome.STEP_UP));
    RuleDefinition fails = RuleDefinition.marking("fails", "weekday / 0 > 1");
    RuleLanguage language = RuleLanguage.over(manifest.featureNames());
    List<FeatureVector> vectors =
        List.of(Vectors.of("low", 0.1f), Vectors.of("high", 0.6f), Vectors.of("none", -1f));

    maker.use(RuleSet.of(language, List.of(fails)));
    assertThat(maker.decide(vectors, 1))
        .extracting(
            verdict -> verdict.decision().getOutcome(), verdict -> verdict.decision().getDegraded())
        .containsExactly(
            tuple(Outcome.STEP_UP, "rules-down"),
            tuple(Outcome.HOLD, "rules-down"),
            tuple(Outcome.STEP_UP, "score-unusable"));
    assertThat(maker.takeRuleFailures()).isEqualTo(3);

    RuleDefinition works = RuleDefinition.marking("works", "amount > 1.0");
    maker.use(RuleSet.of(language, List.of(fails, works)));
    assertThat(maker.decide(vectors.subList(0, 2), 1))
        .as("another rule could be asked")
        .extracting(
            verdict -> verdict.decision().getOutcome(), verdict -> verdict.decision().getDegraded())
        .containsExactly(tuple(Outcome.APPROVE, null), tuple(Outcome.HOLD, null));
  }
}
