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
 * @param breached true if the whole interval lies beyond the limit, on counts that are not tiny
 */
public record FairnessReading(
    String group,
    FairnessMeasure measure,
    long rows,
    double ratio,
    double low,
    double high,
    double limit,
    boolean breached) {
  /**
   * True if another reading of the same group and measure is beyond the limit too, and this one no
   * further than chance allows: their intervals meet, or this one is nearer.
   */
  public boolean noWorseThan(FairnessReading other) {
    return other.breached
        && other.group.equals(group)
        && other.measure == measure
        && (measure == FairnessMeasure.DISPARATE_IMPACT ? high >= other.low : low <= other.high);
  }
}
