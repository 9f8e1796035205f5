package dev.tidegate.retrain.release;

/**
 * What is to stand in a release besides what training finds.
 *
 * @param release name and version, also the folder's name
 * @param model name of the model that this is a version of
 * @param createdFrom format profile of the rows
 * @param featureDigest digest of the feature set that made the vectors
 * @param alertBudgetPercent percent of payments that may become alerts, (0, 100]
 */
public record ReleaseSpec(
    String release,
    String model,
    String createdFrom,
    String featureDigest,
    double alertBudgetPercent) {}
