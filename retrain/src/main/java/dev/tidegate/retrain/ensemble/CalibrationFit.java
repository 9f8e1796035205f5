package dev.tidegate.retrain.ensemble;

import dev.tidegate.scoring.ensemble.Calibration;
import dev.tidegate.scoring.release.EnsembleFile.Calibrating;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Fits calibrations on held-out scores. Isotonic where there are {@link #ENOUGH} frauds, Platt's
 * two numbers below: isotonic regression follows the noise of few (Niculescu-Mizil and Caruana,
 * "Predicting good probabilities with supervised learning", ICML 2005).
 */
public final class CalibrationFit {
  /** Frauds from which isotonic regression is used. */
  public static final int ENOUGH = 1_000;

  private CalibrationFit() {}

  /**
   * Fits the kind that the number of frauds allows.
   *
   * @param scores in [0, 1]
   * @param frauds bit i set if row i was fraud
   */
  public static Calibrating of(double[] scores, BitSet frauds) {
    return frauds.cardinality() >= ENOUGH ? isotonic(scores, frauds) : platt(scores, frauds);
  }

  /** Platt's: logistic regression on log odds; none if the scores do not rise with fraud. */
  public static Calibrating platt(double[] scores, BitSet frauds) {
    double[] odds = new double[scores.length];
    for (int i = 0; i < odds.length; i++) {
      odds[i] = Calibration.logOdds(scores[i]);
    }
    LogisticFit fit =
        LogisticFit.of(new double[][] {odds}, LogisticFit.targets(scores.length, frauds));
    double slope = fit.slopes()[0];
    return slope > 0
        ? new Calibrating("platt", List.of(slope), List.of(fit.bias()))
        : Calibrating.NONE;
  }

  /**
   * Isotonic regression by pooling adjacent violators (Ayer et al. 1955), O(n log n): a knot a
   * block, at its mean score and its rate of fraud.
   */
  public static Calibrating isotonic(double[] scores, BitSet frauds) {
    int[] order = new int[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    IntArrays.mergeSort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    List<double[]> blocks = new ArrayList<>();
    for (int row : order) {
      add(blocks, new double[] {1, scores[row], frauds.get(row) ? 1 : 0});
    }
    List<Double> knots = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (double[] block : blocks) {
      knots.add(block[1] / block[0]);
      rates.add(block[2] / block[0]);
    }
    return new Calibrating("isotonic", knots, rates);
  }

  /** Rows of one score go together, and so do blocks whose rates would fall. */
  private static void add(List<double[]> blocks, double[] block) {
    double[] last = block;
    while (!blocks.isEmpty()) {
      double[] before = blocks.get(blocks.size() - 1);
      boolean rises = before[2] * last[0] < last[2] * before[0];
      boolean apart = before[1] / before[0] < last[1] / last[0];
      if (rises && apart) {
        break;
      }
      blocks.remove(blocks.size() - 1);
      last = new double[] {before[0] + last[0], before[1] + last[1], before[2] + last[2]};
    }
    blocks.add(last);
  }
}
