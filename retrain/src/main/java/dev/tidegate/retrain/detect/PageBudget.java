package dev.tidegate.retrain.detect;

import java.time.Duration;

/**
 * How many false alarms all monitors together may raise in a time, and what each may therefore do.
 *
 * <p>Each of K monitors gets the same share. An {@link EDetector} that takes n observations in the
 * time raises at most n / A false alarms in expectation, so A = K n / pages spends the share
 * exactly; a monitor that decides n times by a test gets the level pages / (K n). Expectations add
 * up whether or not monitors depend on each other, so all together raise at most {@code pages}.
 *
 * @param pages false alarms allowed in the time, above 0
 * @param time for example a quarter of 91 days
 * @param monitors that share them, at least 1: each direction of a rate and each feature counts as
 *     one, a panel that controls its features together counts once
 */
public record PageBudget(double pages, Duration time, int monitors) {
  private static final int QUARTER_DAYS = 91;
  private static final double MILLIS = 1e3;

  /** A budget for a quarter of 91 days. */
  public static PageBudget aQuarter(double pages, int monitors) {
    return new PageBudget(pages, Duration.ofDays(QUARTER_DAYS), monitors);
  }

  /** Checks the ranges. */
  public PageBudget {
    if (!(pages > 0) || time.isZero() || time.isNegative() || monitors < 1) {
      throw new IllegalArgumentException(
          "a page budget needs pages above 0, a time and at least 1 monitor: "
              + pages
              + ", "
              + time
              + ", "
              + monitors);
    }
  }

  /**
   * The average run length A of a monitor.
   *
   * @param perSecond observations a second that it takes
   * @return at least 1
   */
  public double runLength(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a monitor needs observations, not " + perSecond + "/s");
    }
    return Math.max(1, monitors * perSecond * seconds(time) / pages);
  }

  /**
   * The level of a monitor that decides by a test once in a while.
   *
   * @param each time between decisions
   * @return probability of a false alarm allowed in each, below 1
   */
  public double level(Duration each) {
    double decisions = seconds(time) / seconds(each);
    return Math.min(0.5, pages / (monitors * decisions));
  }

  private static double seconds(Duration of) {
    return of.toMillis() / MILLIS;
  }
}
