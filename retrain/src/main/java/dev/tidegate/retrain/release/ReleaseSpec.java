package dev.tidegate.retrain.release;

import dev.tidegate.scoring.release.ScoringLane;

/**
 * What is to stand in a release besides what training finds.
 *
 * @param release name and version, also the folder's name
 * @param model name of the model that this is a version of
 * @param createdFrom format profile of the rows
 * @param featureDigest digest of the feature set that made the vectors
 * @param alertBudgetPercent percent of payments that may become alerts, (0, 100]
 * @param budgetByChannel whether each channel has a threshold of its own, which keeps its alerts
 *     within the budget
 * @param lane whose model it is
 */
public record ReleaseSpec(
    String release,
    String model,
    String createdFrom,
    String featureDigest,
    double alertBudgetPercent,
    boolean budgetByChannel,
    ScoringLane lane) {
  /** One threshold for all payments. */
  public ReleaseSpec(
      String release,
      String model,
      String createdFrom,
      String featureDigest,
      double alertBudgetPercent) {
    this(release, model, createdFrom, featureDigest, alertBudgetPercent, false);
  }

  /** Of the lane of payments. */
  public ReleaseSpec(
      String release,
      String model,
      String createdFrom,
      String featureDigest,
      double alertBudgetPercent,
      boolean budgetByChannel) {
    this(
        release,
        model,
        createdFrom,
        featureDigest,
        alertBudgetPercent,
        budgetByChannel,
        ScoringLane.PAYMENTS);
  }
}
