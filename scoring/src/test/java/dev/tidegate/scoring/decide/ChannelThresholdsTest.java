package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Thresholds of a release and of the settings, by channel. */
final class ChannelThresholdsTest {
  @Test
  void shouldTakeAChannelsThresholdOfTheReleaseUnlessTheSettingsHaveOne() {
    Manifest manifest =
        ReleaseFixtures.echo(0.5)
            .manifest()
            .withChannelThresholds(Map.of("instant", 0.25, "card", 0.25));
    DecisionMaker maker =
        new DecisionMaker(
            Lineup.of(
                new ReleaseScorer(manifest, new EchoModel(), WallClock.INSTANCE, thrown -> {})),
            new OutcomePolicy(
                BandText.read("card alert=0.75", ScoreBands.RELEASE), Outcome.HOLD, Outcome.HOLD));
    FeatureVector vector = Vectors.of("t", 0.4f);
    List<Outcome> outcomes = new ArrayList<>();
    for (String channel : List.of("instant", "branch", "card")) {
      Transaction payment =
          Transaction.newBuilder(vector.getTransaction()).setChannel(channel).build();
      FeatureVector same =
          new FeatureVector(
              payment, vector.getFeatureDigest(), vector.getValues(), false, false, List.of());
      outcomes.add(maker.decide(List.of(same), 1).get(0).decision().getOutcome());
    }

    assertThat(outcomes).containsExactly(Outcome.HOLD, Outcome.APPROVE, Outcome.APPROVE);
  }
}
