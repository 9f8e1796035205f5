package dev.tidegate.scoring.ensemble;

import java.util.Arrays;

/** How the scores of several models become one. Thread safe. */
public sealed interface Blend permits Blend.WeightedMean, Blend.LogisticStack {
  /** Number of models it blends. */
  int members();

  /**
   * One probability from one of each member, each in [0, 1].
   *
   * @param scores one a member
   */
  double of(double[] scores);

  /** The mean of the probabilities. */
  final class WeightedMean implements Blend {
    private final double[] weights;
    private final double sum;

    /**
     * With one weight a member.
     *
     * @throws IllegalArgumentException if a weight is negative or all are 0
     */
    public WeightedMean(double... weights) {
      this.weights = weights.clone();
      this.sum = Arrays.stream(weights).sum();
      if (!(sum > 0) || !Double.isFinite(sum) || Arrays.stream(weights).anyMatch(w -> w < 0)) {
        throw new IllegalArgumentException(
            "weights must not be negative, and one above 0: " + Arrays.toString(weights));
      }
    }

    @Override
    public int members() {
      return weights.length;
    }

    @Override
    public double of(double[] scores) {
      double blended = 0;
      for (int i = 0; i < weights.length; i++) {
        blended += weights[i] * scores[i];
      }
      return blended / sum;
    }
  }

  /**
   * Logistic regression on the members' log odds: 1 / (1 + exp(-(bias + sum of weight x log
   * odds))). Wolpert, Stacked generalization, 1992. Scores of 0 and 1 count as {@link
   * Calibration#NEAREST} and its complement.
   */
  final class LogisticStack implements Blend {
    private final double bias;
    private final double[] weights;

    /**
     * With one weight a member.
     *
     * @throws IllegalArgumentException if a number is not finite or there is no weight
     */
    public LogisticStack(double bias, double... weights) {
      this.bias = bias;
      this.weights = weights.clone();
      if (weights.length == 0
          || !Double.isFinite(bias)
          || !Arrays.stream(weights).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("a stack needs finite weights, 1 or more");
      }
    }

    @Override
    public int members() {
      return weights.length;
    }

    @Override
    public double of(double[] scores) {
      double margin = bias;
      for (int i = 0; i < weights.length; i++) {
        margin += weights[i] * Calibration.logOdds(scores[i]);
      }
      return 1 / (1 + StrictMath.exp(-margin));
    }
  }
}
