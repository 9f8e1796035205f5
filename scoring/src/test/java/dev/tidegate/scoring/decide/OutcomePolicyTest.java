package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.rules.RuleFindings;
import dev.tidegate.scoring.rules.RuleFindings.Listing;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutcomePolicyTest {
  private final OutcomePolicy declining = new OutcomePolicy(0.9, Outcome.STEP_UP, Outcome.HOLD);

  @Test
  void shouldApproveBelowTheThresholdOnly() {
    assertThat(declining.of(Math.nextDown(0.5), 0.5)).isEqualTo(Outcome.APPROVE);
    assertThat(declining.of(0.5, 0.5)).isEqualTo(Outcome.STEP_UP);
  }

  @Test
  void shouldDeclineFromItsOwnThreshold() {
    assertThat(declining.of(Math.nextDown(0.9), 0.5)).isEqualTo(Outcome.STEP_UP);
    assertThat(declining.of(0.9, 0.5)).isEqualTo(Outcome.DECLINE);
  }

  @Test
  void shouldDeclineNothingWithoutAnAlert() {
    assertThat(declining.of(0.95, 0.97)).isEqualTo(Outcome.APPROVE);
  }

  @Test
  void shouldNeverDeclineWithoutADeclineThreshold() {
    assertThat(OutcomePolicy.HOLD_ALL.of(1.0, 0.5)).isEqualTo(Outcome.HOLD);
  }

  @Test
  void shouldRefuseADeclineThresholdThatIsNoProbability() {
    assertThatThrownBy(() -> new OutcomePolicy(Double.NaN, Outcome.HOLD, Outcome.HOLD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTakeTheStricterOfScoreAndRules() {
    for (Outcome byScore : Outcome.values()) {
      for (Outcome byRules : Outcome.values()) {
        RuleFindings found = findings(byRules, Listing.NONE);
        assertThat(declining.combine(byScore, found))
            .isEqualTo(Collections.max(List.of(byScore, byRules)));
      }
      assertThat(declining.combine(byScore, RuleFindings.NOTHING)).isEqualTo(byScore);
    }
  }

  @Test
  void shouldDeclineWhoIsDeniedAndApproveWhoIsAllowedWhateverElseIsSaid() {
    for (Outcome other : Outcome.values()) {
      assertThat(declining.combine(other, findings(other, Listing.DENIED)))
          .isEqualTo(Outcome.DECLINE);
      assertThat(declining.combine(other, findings(other, Listing.ALLOWED)))
          .isEqualTo(Outcome.APPROVE);
    }
  }

  @Test
  void shouldUseTheBandsOfThePaymentsSegment() {
    OutcomePolicy policy =
        new OutcomePolicy(
            SegmentBands.everywhere(new ScoreBands(0.2, null, 0.9))
                .with("atm", new ScoreBands(null, 0.1, null)),
            Outcome.HOLD,
            Outcome.HOLD);
    Transaction atm = payment("atm");
    Transaction card = payment("card_pos");

    assertThat(policy.of(0.15, 0.5, atm)).isEqualTo(Outcome.HOLD);
    assertThat(policy.of(0.95, 0.5, atm)).isEqualTo(Outcome.HOLD);
    assertThat(policy.of(0.15, 0.5, card)).isEqualTo(Outcome.APPROVE);
    assertThat(policy.of(0.25, 0.5, card)).isEqualTo(Outcome.STEP_UP);
    assertThat(policy.of(0.5, 0.5, card)).isEqualTo(Outcome.HOLD);
    assertThat(policy.of(0.95, 0.5, card)).isEqualTo(Outcome.DECLINE);
    assertThat(policy.of(0.95, 0.5, payment(null))).isEqualTo(Outcome.DECLINE);
    assertThat(policy.alerts(0.15, 0.5, atm)).isTrue();
    assertThat(policy.alerts(0.15, 0.5, card)).isFalse();
    assertThat(policy.alerts(Double.NaN, 0.5, card)).isFalse();
  }

  @Property(tries = 300)
  void shouldKeepAlertsWithinTheBudgetAndUseItUp(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 20) Integer> twentieths,
      @ForAll @IntRange(min = 0, max = 100) int percent) {
    double[] scores = twentieths.stream().mapToDouble(one -> one / 20.0).toArray();

    double threshold = SegmentBands.thresholdFor(scores, percent);

    double allowed = scores.length * percent / 100.0 + 1e-9;
    assertThat(alerted(scores, threshold)).isLessThanOrEqualTo(allowed);
    double lower =
        Arrays.stream(scores).filter(score -> score < threshold).max().orElse(Double.NaN);
    if (!Double.isNaN(lower)) {
      assertThat(alerted(scores, lower)).isGreaterThan(allowed);
    }
  }

  private static double alerted(double[] scores, double threshold) {
    return Arrays.stream(scores).filter(score -> score >= threshold).count();
  }

  private static RuleFindings findings(Outcome outcome, Listing listing) {
    return new RuleFindings(List.of("rule"), outcome, Lane.FRAUD, listing, 0);
  }

  private static Transaction payment(@Nullable String channel) {
    return Transaction.newBuilder(Vectors.of("t").getTransaction()).setChannel(channel).build();
  }
}
