package dev.tidegate.scoring.ensemble;

import java.util.Arrays;

/**
 * From a score to the probability it stands for. Never falls as the score rises, so that no two
 * payments change places. Thread safe.
 */
public sealed interface Calibration permits Calibration.Platt, Calibration.Isotonic {
  /** Scores nearer to 0 or 1 than this are taken as so near: log odds stay finite. */
  double NEAREST = 1e-7;

  /** Probability of a score in [0, 1]. */
  double of(double score);

  /** Log odds of a score, bounded by {@link #NEAREST}. */
  static double logOdds(double score) {
    double bounded = Math.min(1 - NEAREST, Math.max(NEAREST, score));
    return StrictMath.log(bounded / (1 - bounded));
  }

  /** Leaves scores as they are. */
  static Calibration none() {
    return new Isotonic(new double[] {0, 1}, new double[] {0, 1});
  }

  /**
   * 1 / (1 + exp(-(slope x log odds + shift))). Platt, Probabilistic outputs for support vector
   * machines, 1999.
   */
  final class Platt implements Calibration {
    private final double slope;
    private final double shift;

    /**
     * With its two numbers.
     *
     * @throws IllegalArgumentException if the slope is not above 0
     */
    public Platt(double slope, double shift) {
      if (!(slope > 0) || !Double.isFinite(slope) || !Double.isFinite(shift)) {
        throw new IllegalArgumentException("Platt's slope must be above 0, not " + slope);
      }
      this.slope = slope;
      this.shift = shift;
    }

    @Override
    public double of(double score) {
      return 1 / (1 + StrictMath.exp(-(slope * logOdds(score) + shift)));
    }
  }

  /**
   * Straight lines between knots, level outside of them. Zadrozny and Elkan, Transforming
   * classifier scores into accurate multiclass probability estimates, 2002; with lines for steps,
   * so that scores that differed still do wherever the knots rise.
   */
  final class Isotonic implements Calibration {
    private final double[] scores;
    private final double[] probabilities;

    /**
     * With its knots.
     *
     * @param scores rising, in [0, 1]
     * @param probabilities not falling, in [0, 1]
     * @throws IllegalArgumentException if they are otherwise
     */
    public Isotonic(double[] scores, double[] probabilities) {
      if (scores.length == 0 || scores.length != probabilities.length) {
        throw new IllegalArgumentException("isotonic calibration needs knots in pairs");
      }
      for (int i = 0; i < scores.length; i++) {
        boolean rising =
            i == 0 || (scores[i] > scores[i - 1] && probabilities[i] >= probabilities[i - 1]);
        if (!rising || !within(scores[i]) || !within(probabilities[i])) {
          throw new IllegalArgumentException("knot " + i + " does not rise within [0, 1]");
        }
      }
      this.scores = scores.clone();
      this.probabilities = probabilities.clone();
    }

    private static boolean within(double value) {
      return value >= 0 && value <= 1;
    }

    @Override
    public double of(double score) {
      int found = Arrays.binarySearch(scores, score);
      if (found >= 0) {
        return probabilities[found];
      }
      int above = -found - 1;
      if (above == 0) {
        return probabilities[0];
      }
      if (above == scores.length) {
        return probabilities[above - 1];
      }
      double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
      double low = probabilities[above - 1];
      return Math.min(probabilities[above], low + share * (probabilities[above] - low));
    }
  }
}
