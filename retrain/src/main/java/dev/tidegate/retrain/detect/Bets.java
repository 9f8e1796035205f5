package dev.tidegate.retrain.detect;

import java.util.Arrays;

/**
 * Changes that a detector bets on, each as a ratio r of the new mean to the expected one: above 1 a
 * rise, below 1 a fall.
 *
 * <p>A bet multiplies by 1 + l (x - mean) for an observation x in [0, 1]; with l = (r - 1) / (1 -
 * mean) that is the likelihood ratio of a yes-or-no observation whose mean is r times the expected
 * one. The stake l is bounded so that no factor is negative and no single observation loses more
 * than nine tenths, and depends on the mean alone, never on x: so the expected factor is 1 whenever
 * the mean is right. Immutable.
 */
public final class Bets {
  private static final double MOST_LOST = 0.9;
  // An observation against a score of 1 would otherwise multiply without bound.
  private static final double MOST_STAKED_ON_A_FALL = 10;

  private final double[] ratios;

  private Bets(double... ratios) {
    this.ratios = ratios;
  }

  /**
   * Bets on given ratios.
   *
   * @throws IllegalArgumentException without a ratio, or if one is 1, not positive or not finite
   */
  public static Bets on(double... ratios) {
    if (ratios.length == 0) {
      throw new IllegalArgumentException("a detector needs at least one ratio to bet on");
    }
    for (double ratio : ratios) {
      if (!(ratio > 0) || ratio == 1 || Double.isInfinite(ratio)) {
        throw new IllegalArgumentException("ratios must be positive and not 1, not " + ratio);
      }
    }
    return new Bets(ratios.clone());
  }

  /** A rate that rises to 1.5, 2, 3 or 5 times, and a half stake on 1.25 times for slow ones. */
  public static Bets rises() {
    return on(1.125, 1.5, 2, 3, 5);
  }

  /** A rate that falls: the rises turned over. */
  public static Bets falls() {
    return on(1 / 1.125, 1 / 1.5, 1 / 2.0, 1 / 3.0, 1 / 5.0);
  }

  /** Outcomes against calibrated scores, both ways: 0.5, 0.75, 1.5, 2, 3. */
  public static Bets calibration() {
    return on(0.5, 0.75, 1.5, 2, 3);
  }

  /** Faults that should hardly ever be: 1.5 to 100 times, so that a broken feed shows at once. */
  public static Bets faults() {
    return on(1.5, 2, 5, 20, 100);
  }

  int size() {
    return ratios.length;
  }

  double ratio(int bet) {
    return ratios[bet];
  }

  /** The stake l at an expected mean in [0, 1]. */
  double stake(int bet, double mean) {
    double full = (ratios[bet] - 1) / (1 - mean);
    return ratios[bet] > 1
        ? Math.min(full, MOST_LOST / mean)
        : Math.max(full, -MOST_STAKED_ON_A_FALL);
  }

  @Override
  public String toString() {
    return "bets on " + Arrays.toString(ratios);
  }
}
