package dev.tidegate.retrain.outcome;

import org.jspecify.annotations.Nullable;

/**
 * How well the scores of a cohort ranked its frauds, with the labels of a given age.
 *
 * @param cohortStartMs first moment of the cohort, UTC milliseconds
 * @param ageMs how long after each payment its label could become known
 * @param rows its payments
 * @param frauds those known to be fraud at that age
 * @param averagePrecision area under the precision-recall curve; null without a fraud
 * @param foundAtBudget frauds within the alert budget, a fraction where a tie is cut
 */
public record CohortReading(
    long cohortStartMs,
    long ageMs,
    long rows,
    long frauds,
    @Nullable Double averagePrecision,
    double foundAtBudget) {
  /** Share of the frauds within the alert budget; null without a fraud. */
  public @Nullable Double recallAtBudget() {
    return frauds == 0 ? null : (Double) (foundAtBudget / frauds);
  }
}
