package dev.tidegate.app.sizing;

import java.util.List;

/**
 * What a stage's process costs: so much while nothing comes (timers, polls, checkpoints), and so
 * much a payment. A straight line over two or more rates; it says nothing of where a process is
 * full.
 *
 * @param fixedCores cores that are busy without payments; not below 0
 * @param microsAPayment processor time a payment, microseconds; not below 0
 */
public record StageCost(double fixedCores, double microsAPayment) {
  private static final double MICROS = 1e6;

  /** Checks the ranges. */
  public StageCost {
    if (!(fixedCores >= 0) || !(microsAPayment >= 0)) {
      throw new IllegalArgumentException(
          "a stage costs " + fixedCores + " cores and " + microsAPayment + " us: not below 0");
    }
  }

  /**
   * Processor time at a rate.
   *
   * @param perSecond payments a second
   * @param cores cores busy on average
   */
  public record Point(double perSecond, double cores) {}

  /**
   * The line of least squared relative error, so that low rates count as much as high ones, whose
   * figures are not below what is known otherwise; where a figure would be, it is that bound, and
   * the other the best beside it.
   *
   * @param points at two different rates or more, with cores above 0
   * @param leastMicros processor time a payment that a full process was seen to take, microseconds:
   *     at low rates a payment's cost is lost in the noise of what is there anyway; 0 if unknown
   */
  public static StageCost fit(List<Point> points, double leastMicros) {
    double w = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (Point point : points) {
      double weight = 1 / (point.cores() * point.cores());
      w += weight;
      x += weight * point.perSecond();
      y += weight * point.cores();
      xx += weight * point.perSecond() * point.perSecond();
      xy += weight * point.perSecond() * point.cores();
    }
    double spread = w * xx - x * x;
    if (!(spread > 1e-9 * w * xx) || !Double.isFinite(spread)) {
      throw new IllegalArgumentException(
          "a line needs two rates, and cores above 0 at each: " + points);
    }
    double least = leastMicros / MICROS;
    double slope = Math.max(least, (w * xy - x * y) / spread);
    double fixed = (y - slope * x) / w;
    return fixed < 0
        ? new StageCost(0, MICROS * Math.max(least, xy / xx))
        : new StageCost(fixed, MICROS * slope);
  }

  /** Cores that are busy at a rate. */
  public double cores(double perSecond) {
    return fixedCores + perSecond * microsAPayment / MICROS;
  }
}
