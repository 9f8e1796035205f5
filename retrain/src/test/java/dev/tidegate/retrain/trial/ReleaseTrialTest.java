package dev.tidegate.retrain.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.trial.ReleaseTrial.Answer;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of releases whose rates are known. */
final class ReleaseTrialTest {
  private static final TrialSettings SETTINGS = new TrialSettings(5_000, 5, 5_000, 1.5, 0.01);
  private static final double CHAMPION = 0.02;

  /** A release's rates of stopped payments as a shadow and as a canary. */
  private static @Nullable TrialStep last(double shadow, double canary, long seed) {
    Random random = new Random(seed);
    ReleaseTrial trial = new ReleaseTrial(SETTINGS);
    TrialStep last = null;
    for (int i = 0; i < 20_000 && trial.stage() != ReleaseTrial.Stage.ENDED; i++) {
      TrialStep step =
          trial.stage() == ReleaseTrial.Stage.SHADOW
              ? trial.shadowed(
                  Answer.of(random.nextDouble() < shadow),
                  Answer.of(random.nextDouble() < CHAMPION))
              : trial.decided(Answer.of(random.nextDouble() < canary));
      last = step == null ? last : step;
    }
    return last;
  }

  @Test
  void shouldLeadAGoodReleaseToWherePeopleDecide() {
    ReleaseTrial trial = new ReleaseTrial(SETTINGS);
    for (int i = 1; i < 5_000; i++) {
      assertThat(trial.shadowed(Answer.of(i % 50 == 0), Answer.of(i % 50 == 25))).isNull();
    }
    assertThat(Objects.requireNonNull(trial.shadowed(Answer.of(false), Answer.of(false))).kind())
        .isEqualTo(TrialStep.Kind.CANARY);
    for (int i = 1; i < 5_000; i++) {
      assertThat(trial.decided(Answer.of(i % 50 == 0))).isNull();
    }
    assertThat(Objects.requireNonNull(trial.decided(Answer.of(false))).kind())
        .isEqualTo(TrialStep.Kind.READY);
    assertThat(trial.decided(Answer.of(false))).as("said once").isNull();
    assertThat(trial.stage()).isEqualTo(ReleaseTrial.Stage.READY);
  }

  @Test
  void shouldEndAShadowAndACanaryThatStopTooMuch() {
    assertThat(Objects.requireNonNull(last(0.12, 0.02, 1)).kind())
        .isEqualTo(TrialStep.Kind.ROLLBACK);
    TrialStep canary = Objects.requireNonNull(last(0.02, 0.12, 2));
    assertThat(canary.kind()).isEqualTo(TrialStep.Kind.ROLLBACK);
    assertThat(canary.reason()).contains("stops payments more often", "1.5 times the champion's");
  }

  /** The risk is 1 % a trial; three standard deviations of 400 trials are added. */
  @Test
  void shouldSeldomEndTheTrialOfAReleaseWithinTheTolerance() {
    int ended = 0;
    int trials = 400;
    for (int seed = 0; seed < trials; seed++) {
      TrialStep step = last(CHAMPION * 1.5, CHAMPION * 1.5, 1_000 + seed);
      ended += step != null && step.kind() == TrialStep.Kind.ROLLBACK ? 1 : 0;
    }
    System.out.println("trials ended at exactly the tolerance: " + ended + " of " + trials);

    // The learned bound may fail with the same risk; payments go on after the trial's, to 20,000.
    assertThat((double) ended / trials).isLessThan(0.03 + 3 * Math.sqrt(0.03 * 0.97 / trials));
  }

  @Test
  void shouldEndACanaryThatLetsFraudThrough() {
    Random random = new Random(5);
    ReleaseTrial trial = new ReleaseTrial(SETTINGS);
    while (trial.stage() == ReleaseTrial.Stage.SHADOW) {
      trial.shadowed(
          Answer.of(random.nextDouble() < CHAMPION), Answer.of(random.nextDouble() < CHAMPION));
    }
    for (int i = 0; i < 6_000; i++) {
      trial.championMatured(false, random.nextDouble() < 0.005);
      assertThat(trial.matured(false, random.nextDouble() < 0.005)).isNull();
      assertThat(trial.matured(true, true)).as("a fraud it stopped").isNull();
    }
    TrialStep step = null;
    for (int i = 0; i < 3_000 && step == null; i++) {
      step = trial.matured(false, random.nextDouble() < 0.05);
    }
    assertThat(Objects.requireNonNull(step).reason()).contains("lets fraud through");
    assertThat(trial.decided(Answer.of(true))).as("ended").isNull();
  }
}
