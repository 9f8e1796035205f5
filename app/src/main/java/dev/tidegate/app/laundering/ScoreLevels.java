package dev.tidegate.app.laundering;

import dev.tidegate.retrain.evaluate.RankingMetrics;

/**
 * Scores from which a payment counts as found.
 *
 * @param threshold the validation's
 * @param fpr01 that at most 0.1 % of the other payments of the test reach
 * @param budget1 that at most 1 % of all payments of the test reach
 */
record ScoreLevels(double threshold, double fpr01, double budget1) {
  static final double FPR = 0.001;
  static final double BUDGET_PERCENT = 1;

  /** Levels on a test. */
  static ScoreLevels of(double threshold, RankingMetrics test) {
    return new ScoreLevels(
        threshold, test.thresholdForFalsePositiveRate(FPR), test.thresholdFor(BUDGET_PERCENT));
  }
}
