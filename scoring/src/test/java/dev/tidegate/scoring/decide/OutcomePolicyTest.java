package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Outcome;
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
}
