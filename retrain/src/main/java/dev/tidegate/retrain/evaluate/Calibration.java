package dev.tidegate.retrain.evaluate;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.BitSet;

/**
 * How well scores are probabilities.
 *
 * @param meanScore what the scores expect of a row
 * @param rate share of rows that was fraud
 * @param error expected calibration error: over ten bins of equally many rows by score, the mean
 *     distance of a bin's mean score from its rate, weighted by rows (Naeini et al., AAAI 2015)
 * @param brier mean squared distance of score and outcome (Brier, 1950)
 * @param logLoss mean logistic loss in nats, scores kept 1e-12 away from 0 and 1
 */
public record Calibration(
    double meanScore, double rate, double error, double brier, double logLoss) {
  private static final int BINS = 10;
  private static final double EDGE = 1e-12;

  /**
   * Measures. O(n log n).
   *
   * @param scores probabilities, at least one
   * @param fraud bit i set if row i was fraud
   */
  public static Calibration of(double[] scores, BitSet fraud) {
    int n = scores.length;
    if (n == 0) {
      throw new IllegalArgumentException("no rows to measure calibration on");
    }
    double brier = 0;
    double loss = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double outcome = fraud.get(i) ? 1 : 0;
      double likelihood = fraud.get(i) ? scores[i] : 1 - scores[i];
      brier += (scores[i] - outcome) * (scores[i] - outcome);
      loss -= Math.log(Math.max(likelihood, EDGE));
      sum += scores[i];
    }
    double rate = (double) fraud.get(0, n).cardinality() / n;
    return new Calibration(sum / n, rate, error(scores, fraud), brier / n, loss / n);
  }

  private static double error(double[] scores, BitSet fraud) {
    int n = scores.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    IntArrays.mergeSort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      int to = (int) ((long) (bin + 1) * n / BINS);
      double gap = 0;
      for (int i = (int) ((long) bin * n / BINS); i < to; i++) {
        gap += scores[order[i]] - (fraud.get(order[i]) ? 1 : 0);
      }
      error += Math.abs(gap) / n;
    }
    return error;
  }
}
