package dev.tidegate.retrain.gate;

import java.util.Arrays;

/**
 * A difference, challenger less champion, with its percentile bootstrap interval (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13).
 *
 * @param difference on the rows as they are
 * @param low bound below which a share {@code level} of the draws lies
 * @param high bound above which a share {@code level} of the draws lies
 */
public record Interval(double difference, double low, double high) {
  static Interval of(double difference, double[] draws, double level) {
    double[] sorted = Arrays.stream(draws).filter(d -> !Double.isNaN(d)).sorted().toArray();
    if (sorted.length == 0) {
      return new Interval(difference, Double.NaN, Double.NaN);
    }
    int cut = (int) Math.floor(level * sorted.length);
    return new Interval(difference, sorted[cut], sorted[sorted.length - 1 - cut]);
  }
}
