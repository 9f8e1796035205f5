package dev.tidegate.scoring.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
  @Property
  void shouldNeverFallAsTheScoreRises(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 1) double one,
      @ForAll @DoubleRange(min = 0, max = 1) double other) {
    double[] scores = new Random(seed).doubles(6).distinct().sorted().toArray();
    double[] probabilities = new Random(seed + 1).doubles(scores.length).sorted().toArray();
    for (Calibration calibration :
        new Calibration[] {
          new Calibration.Isotonic(scores, probabilities), new Calibration.Platt(1.7, -0.4)
        }) {
      double low = calibration.of(Math.min(one, other));
      double high = calibration.of(Math.max(one, other));
      assertThat(low).isBetween(0.0, 1.0).isLessThanOrEqualTo(high);
    }
  }

  @Property
  void shouldLeaveScoresAloneWithoutCalibration(
      @ForAll @DoubleRange(min = 0, max = 1) double score) {
    assertThat(Calibration.none().of(score)).isCloseTo(score, within(1e-12));
    assertThat(new Calibration.Platt(1, 0).of(score)).isCloseTo(score, within(2e-7));
  }

  @Test
  void shouldBeLevelOutsideOfTheKnots() {
    Calibration knots = new Calibration.Isotonic(new double[] {0.2, 0.6}, new double[] {0.1, 0.9});

    assertThat(knots.of(0)).isEqualTo(0.1);
    assertThat(knots.of(0.4)).isCloseTo(0.5, within(1e-12));
    assertThat(knots.of(1)).isEqualTo(0.9);
  }

  @Test
  void shouldRefuseWhatWouldFall() {
    assertThatThrownBy(() -> new Calibration.Platt(-1, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(
            () -> new Calibration.Isotonic(new double[] {0.1, 0.2}, new double[] {0.5, 0.4}))
        .hasMessageContaining("knot 1 does not rise");
    assertThatThrownBy(() -> new Calibration.Isotonic(new double[] {0.1}, new double[] {1.5}))
        .hasMessageContaining("knot 0");
  }

  @Test
  void shouldWeighMembers() {
    double[] scores = {0.2, 0.8};

    assertThat(new Blend.WeightedMean(3, 1).of(scores)).isCloseTo(0.35, within(1e-12));
    assertThat(new Blend.LogisticStack(0, 1, 1).of(scores)).isCloseTo(0.5, within(1e-12));
    assertThat(new Blend.LogisticStack(0, 1, 1).of(new double[] {0, 1}))
        .isCloseTo(0.5, within(1e-9));
    assertThatThrownBy(() -> new Blend.WeightedMean(0, 0)).hasMessageContaining("one above 0");
    assertThatThrownBy(() -> new Blend.WeightedMean(2, -1)).hasMessageContaining("negative");
    assertThatThrownBy(() -> new Blend.LogisticStack(Double.NaN, 1)).hasMessageContaining("finite");
  }
}
