package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibratedPsiTest {
  /** By hand: shares 1/2, 1/2 against 1/4, 3/4; the half rows added vanish in a million. */
  @Test
  void shouldEqualTheDefinition() {
    CalibratedPsi.Reading reading =
        new CalibratedPsi(0.01, 0.04)
            .compare(new long[] {500_000, 500_000}, new long[] {250_000, 750_000});
    double psi = -0.25 * Math.log(0.5) + 0.25 * Math.log(1.5);
    assertThat(reading.psi()).isCloseTo(psi, within(1e-5));
    assertThat(reading.threshold()).isEqualTo(0.04);
    assertThat(reading.pValue()).isCloseTo(0, within(1e-12));
    assertThat(reading.drifted()).isTrue();
  }

  /** With 1 degree of freedom, 6.6349 is what chance exceeds in one of a hundred. */
  @Test
  void shouldTakeTheThresholdFromChanceWhereThatIsAboveTheFloor() {
    CalibratedPsi.Reading reading =
        new CalibratedPsi(0.01, 0.04).compare(new long[] {100, 100}, new long[] {20, 30});
    assertThat(reading.threshold()).isCloseTo(6.6349 * (1 / 200.0 + 1 / 50.0), within(1e-4));
    assertThat(reading.drifted()).isFalse();
    assertThat(reading.pValue()).isBetween(0.15, 0.30);
  }

  /** What no bound for PSI gives: the same rate of false calls at every size of sample. */
  @Test
  void shouldCallDriftAsOftenAsItSaysWhereThereIsNone() {
    CalibratedPsi psi = new CalibratedPsi(0.05, 0);
    for (int window : new int[] {500, 2_000, 5_000}) {
      Random random = new Random(window);
      int called = 0;
      for (int i = 0; i < 1_000; i++) {
        called +=
            psi.compare(sample(random, 3_000, 0, 0.02), sample(random, window, 0, 0.02)).drifted()
                ? 1
                : 0;
      }
      assertThat(called / 1_000.0).as("windows of %d", window).isBetween(0.03, 0.07);
    }
  }

  @Test
  void shouldStaySilentBelowTheFloorAndCallAShift() {
    CalibratedPsi psi = CalibratedPsi.defaults();
    Random random = new Random(17);
    int still = 0;
    int shifted = 0;
    for (int i = 0; i < 200; i++) {
      long[] reference = sample(random, 10_000, 0, 0);
      still += psi.compare(reference, sample(random, 2_000, 0, 0)).drifted() ? 1 : 0;
      shifted += psi.compare(reference, sample(random, 2_000, 0.3, 0)).drifted() ? 1 : 0;
    }
    assertThat(still).isZero();
    assertThat(shifted).isGreaterThan(195);
  }

  @Test
  void shouldCallScoresThatGoMissing() {
    Random random = new Random(19);
    CalibratedPsi.Reading reading =
        CalibratedPsi.defaults()
            .compare(sample(random, 10_000, 0, 0), sample(random, 2_000, 0, 0.05));
    assertThat(reading.drifted()).isTrue();
  }

  @Test
  void shouldReadOneCellAsNoDriftAndRefuseNothing() {
    CalibratedPsi psi = CalibratedPsi.defaults();
    assertThat(psi.compare(new long[] {9, 0}, new long[] {5, 0}).drifted()).isFalse();
    assertThatThrownBy(() -> psi.compare(new long[] {1, 1}, new long[] {0, 0}))
        .hasMessageContaining("without rows");
    assertThatThrownBy(() -> psi.compare(new long[] {1, 1}, new long[] {1}))
        .hasMessageContaining("cells");
  }

  /** Normal scores over the deciles of the standard normal, some missing. */
  private static long[] sample(Random random, int rows, double shift, double missing) {
    double[] scores = new double[rows];
    for (int i = 0; i < rows; i++) {
      scores[i] = random.nextDouble() < missing ? Double.NaN : random.nextGaussian() + shift;
    }
    return DECILES.count(scores);
  }

  private static final ScoreBins DECILES =
      ScoreBins.of(
          List.of(-1.2816, -0.8416, -0.5244, -0.2533, 0.0, 0.2533, 0.5244, 0.8416, 1.2816));
}
