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
   * True if another reading of the same group and measure is beyond the limit too, this one lies
   * within that one's interval or on its better side, and this one is not wholly beyond the floor.
   * That intervals meet would say far less: two that are wide meet though one is much worse.
   */
  public boolean noWorseThan(FairnessReading other) {
    return other.breached
        && other.group.equals(group)
        && other.measure == measure
        && !beyondFloor()
        && (measure == FairnessMeasure.DISPARATE_IMPACT ? ratio >= other.low : ratio <= other.high);
  }

  /**
   * True if the whole interval lies beyond the floor, so that nothing excuses it: otherwise each
   * challenger might be a little worse than the last and the next be held against it. The floor is
   * twice as far from equality as the limit is; ratios are as far as their logarithms, so it is the
   * limit's square.
   */
  private boolean beyondFloor() {
    double floor = limit * limit;
    return measure == FairnessMeasure.DISPARATE_IMPACT ? high < floor : low > floor;
  }
}
