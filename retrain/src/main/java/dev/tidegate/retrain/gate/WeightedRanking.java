package dev.tidegate.retrain.gate;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.BitSet;

/**
 * Average precision and recall at a budget of rows that count several times or not at all: what a
 * bootstrap draw needs. Sorted once, O(rows) a draw. With each row counted once the figures are
 * those of {@link dev.tidegate.retrain.evaluate.RankingMetrics}, ties included. Immutable.
 */
final class WeightedRanking {
  private final int[] order;
  private final boolean[] lastOfStep;
  private final boolean[] fraud;

  WeightedRanking(double[] scores, BitSet frauds) {
    order = new int[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    IntArrays.mergeSort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    lastOfStep = new boolean[order.length];
    fraud = new boolean[order.length];
    for (int at = 0; at < order.length; at++) {
      fraud[at] = frauds.get(order[at]);
      lastOfStep[at] = at == order.length - 1 || scores[order[at]] != scores[order[at + 1]];
    }
  }

  /**
   * Figures of a draw.
   *
   * @param averagePrecision in (0, 1]; NaN without frauds
   * @param recallAtBudget in [0, 1]; NaN without frauds
   */
  record Figures(double averagePrecision, double recallAtBudget) {
    static final Figures NONE = new Figures(Double.NaN, Double.NaN);
  }

  /**
   * Figures where each row counts as often as its weight says.
   *
   * @param weights one a row, in the order of the scores, not negative
   * @param budgetPercent percent of all that may be looked at, (0, 100]
   */
  Figures of(int[] weights, double budgetPercent) {
    long rows = 0;
    long frauds = 0;
    for (int at = 0; at < order.length; at++) {
      rows += weights[order[at]];
      frauds += fraud[at] ? weights[order[at]] : 0;
    }
    if (frauds == 0) {
      return Figures.NONE;
    }
    long budget = Math.min(rows, Math.max(1, Math.round(rows * budgetPercent / 100)));
    Walk walk = new Walk(frauds, budget);
    for (int at = 0; at < order.length; at++) {
      walk.row(weights[order[at]], fraud[at]);
      if (lastOfStep[at]) {
        walk.endStep();
      }
    }
    return new Figures(walk.precisionSum / frauds, walk.found / frauds);
  }

  /**
   * Share of each row that is looked at within the budget: 1, 0, or a fraction in a tie that the
   * budget cuts.
   */
  double[] looked(double budgetPercent) {
    long budget =
        Math.min(order.length, Math.max(1, Math.round(order.length * budgetPercent / 100)));
    double[] looked = new double[order.length];
    int start = 0;
    for (int at = 0; at < order.length && start < budget; at++) {
      if (lastOfStep[at]) {
        double share = Math.min(1, (double) (budget - start) / (at + 1 - start));
        for (int of = start; of <= at; of++) {
          looked[order[of]] = share;
        }
        start = at + 1;
      }
    }
    return looked;
  }

  /** Down the ranking, step by step. */
  private static final class Walk {
    private final long budget;
    private final long allFrauds;
    private long rows;
    private long frauds;
    private long rowsOfStep;
    private long fraudsOfStep;
    private double precisionSum;
    private double found;

    Walk(long allFrauds, long budget) {
      this.allFrauds = allFrauds;
      this.budget = budget;
    }

    void row(int weight, boolean isFraud) {
      rowsOfStep += weight;
      fraudsOfStep += isFraud ? weight : 0;
    }

    void endStep() {
      if (rowsOfStep > 0 && frauds < allFrauds) {
        long left = budget - rows;
        if (left > 0) {
          found += fraudsOfStep * Math.min(1, (double) left / rowsOfStep);
        }
        rows += rowsOfStep;
        frauds += fraudsOfStep;
        precisionSum += (double) fraudsOfStep * frauds / rows;
      }
      rowsOfStep = 0;
      fraudsOfStep = 0;
    }
  }
}
