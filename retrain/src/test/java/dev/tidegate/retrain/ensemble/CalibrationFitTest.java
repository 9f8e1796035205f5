package dev.tidegate.retrain.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.evaluate.Calibration;
import dev.tidegate.scoring.release.EnsembleFile.Calibrating;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CalibrationFitTest {
  @Test
  void shouldFindPlattsTwoNumbers() {
    Drawn drawn = new Drawn(200_000, 3);
    Calibrating found = CalibrationFit.platt(drawn.scores, drawn.frauds);

    assertThat(found.kind()).isEqualTo("platt");
    assertThat(found.knots().get(0)).isCloseTo(0.5, within(0.02));
    assertThat(found.values().get(0)).isCloseTo(-2.0, within(0.05));
  }

  @Test
  void shouldCalibrateRowsThatItDidNotSee() {
    Drawn old = new Drawn(100_000, 4);
    Drawn fresh = new Drawn(100_000, 5);
    double before = Calibration.of(fresh.scores, fresh.frauds).error();
    for (Calibrating found :
        List.of(
            CalibrationFit.platt(old.scores, old.frauds),
            CalibrationFit.isotonic(old.scores, old.frauds))) {
      double[] calibrated = new double[fresh.scores.length];
      for (int i = 0; i < calibrated.length; i++) {
        calibrated[i] = found.calibration().of(fresh.scores[i]);
      }
      assertThat(Calibration.of(calibrated, fresh.frauds).error())
          .as(found.kind())
          .isLessThan(0.01)
          .isLessThan(before / 10);
    }
  }

  @Test
  void shouldPoolScoresWhoseRatesFallAndRowsOfOneScore() {
    BitSet frauds = new BitSet();
    frauds.set(1);
    frauds.set(4);
    frauds.set(5);
    double[] scores = {0.1, 0.2, 0.3, 0.4, 0.5, 0.5};

    Calibrating found = CalibrationFit.isotonic(scores, frauds);

    assertThat(found.values()).containsExactly(0.0, 1.0 / 3, 1.0);
    assertThat(found.knots().get(1)).isCloseTo(0.3, within(1e-12));
    assertThat(found.calibration().of(0.5)).isEqualTo(1.0);
  }

  @Test
  void shouldChooseByTheNumberOfFraudsAndLeaveScoresThatFallAlone() {
    Drawn few = new Drawn(5_000, 6);
    BitSet upsideDown = (BitSet) few.frauds.clone();
    upsideDown.flip(0, few.scores.length);

    assertThat(few.frauds.cardinality()).isLessThan(CalibrationFit.ENOUGH);
    assertThat(CalibrationFit.of(few.scores, few.frauds).kind()).isEqualTo("platt");
    Drawn many = new Drawn(100_000, 7);
    assertThat(CalibrationFit.of(many.scores, many.frauds).kind()).isEqualTo("isotonic");
    assertThat(CalibrationFit.platt(few.scores, upsideDown)).isEqualTo(Calibrating.NONE);
  }

  /** Scores whose fraud follows half their log odds, less 2. */
  private static final class Drawn {
    private final double[] scores;
    private final BitSet frauds = new BitSet();

    Drawn(int rows, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      scores = new double[rows];
      for (int i = 0; i < rows; i++) {
        double odds = 2 * random.nextGaussian();
        scores[i] = 1 / (1 + Math.exp(-odds));
        frauds.set(i, random.nextDouble() < 1 / (1 + Math.exp(2 - 0.5 * odds)));
      }
    }
  }
}
