package dev.tidegate.retrain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** Four rows by hand; with fewer rows than bins each row is a bin. */
  @Test
  void shouldEqualTheDefinitions() {
    BitSet fraud = new BitSet();
    fraud.set(3);
    Calibration calibration = Calibration.of(new double[] {0.1, 0.2, 0.3, 0.8}, fraud);
    assertThat(calibration.meanScore()).isCloseTo(0.35, within(1e-12));
    assertThat(calibration.rate()).isEqualTo(0.25);
    assertThat(calibration.error()).isCloseTo((0.1 + 0.2 + 0.3 + 0.2) / 4, within(1e-12));
    assertThat(calibration.brier()).isCloseTo((0.01 + 0.04 + 0.09 + 0.04) / 4, within(1e-12));
    assertThat(calibration.logLoss())
        .isCloseTo(-Math.log(0.9 * 0.8 * 0.7 * 0.8) / 4, within(1e-12));
  }

  @Test
  void shouldTellTrueProbabilitiesFromOverconfidentOnes() {
    Random random = new Random(2);
    double[] scores = new double[20_000];
    double[] inflated = new double[scores.length];
    BitSet fraud = new BitSet();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextDouble() * 0.2;
      inflated[i] = scores[i] * 2;
      fraud.set(i, random.nextDouble() < scores[i]);
    }
    assertThat(Calibration.of(scores, fraud).error()).isLessThan(0.01);
    assertThat(Calibration.of(inflated, fraud).error()).isBetween(0.09, 0.11);
  }

  @Test
  void shouldRefuseNoRows() {
    assertThatThrownBy(() -> Calibration.of(new double[0], new BitSet()))
        .hasMessageContaining("no rows");
  }
}
