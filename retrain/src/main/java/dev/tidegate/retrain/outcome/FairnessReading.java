package dev.tidegate.retrain.outcome;

/**
 * A group against all the others.
 *
 * @param group the group
 * @param measure what is compared
 * @param rows its payments behind the measure
 * @param ratio its rate over that of the others
 * @param low lower bound of the ratio, each bound failing with the limits' level
 * @param high upper bound
 * @param limit what is held to be unfair
 * @param breached true if the whole interval lies beyond the limit
 */
public record FairnessReading(
    String group,
    FairnessMeasure measure,
    long rows,
    double ratio,
    double low,
    double high,
    double limit,
    boolean breached) {}
