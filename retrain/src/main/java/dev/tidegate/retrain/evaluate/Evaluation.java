package dev.tidegate.retrain.evaluate;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures of a model on rows it was not trained on. Shares are in [0, 1]; null where the rows do
 * not define the figure. The components are the keys of its JSON form.
 *
 * @param rows rows judged
 * @param frauds of which fraud
 * @param prAuc average precision
 * @param rocAuc area under the ROC curve
 * @param cardPrecisionAt100 mean daily precision of the 100 most suspicious cards; null where the
 *     rows name no card and no customer
 * @param alertBudgetPercent percent of rows an analyst looks at
 * @param recallAtBudget share of frauds among them
 * @param precisionAtBudget share of them that is fraud
 * @param threshold score from which the release alerts
 * @param recallAtThreshold share of frauds at or above it
 * @param precisionAtThreshold share of those at or above it that is fraud
 * @param byKind figures of each kind of fraud that the labels name, by its name
 */
public record Evaluation(
    long rows,
    long frauds,
    @Nullable Double prAuc,
    @Nullable Double rocAuc,
    @Nullable Double cardPrecisionAt100,
    double alertBudgetPercent,
    @Nullable Double recallAtBudget,
    @Nullable Double precisionAtBudget,
    double threshold,
    @Nullable Double recallAtThreshold,
    @Nullable Double precisionAtThreshold,
    SortedMap<String, Kind> byKind) {

  /**
   * One kind of fraud.
   *
   * @param frauds rows of that kind
   * @param recallAtBudget share of them within the alert budget over all rows
   * @param recallAtThreshold share of them at or above the threshold
   * @param prAuc average precision of that kind against the legitimate rows, other kinds left out
   */
  public record Kind(
      long frauds,
      @Nullable Double recallAtBudget,
      @Nullable Double recallAtThreshold,
      @Nullable Double prAuc) {}
}
