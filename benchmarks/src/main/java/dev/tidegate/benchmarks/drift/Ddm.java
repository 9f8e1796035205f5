package dev.tidegate.benchmarks.drift;

/**
 * DDM (Gama, Medas, Castillo, Rodrigues, "Learning with drift detection", SBIA 2004): the rate
 * since the last alarm is compared with its lowest point, an alarm at three deviations, from the
 * 30th observation on.
 */
final class Ddm implements ChangeDetector {
  private static final int LEAST = 30;
  private static final double DEVIATIONS = 3;

  private long seen;
  private double rate;
  private double lowestRate;
  private double lowestDeviation;
  private double lowest = Double.POSITIVE_INFINITY;

  @Override
  public boolean observe(boolean positive) {
    seen++;
    rate += ((positive ? 1 : 0) - rate) / seen;
    double deviation = Math.sqrt(rate * (1 - rate) / seen);
    if (seen < LEAST) {
      return false;
    }
    if (rate + deviation <= lowest) {
      lowestRate = rate;
      lowestDeviation = deviation;
      lowest = rate + deviation;
    }
    if (rate + deviation <= lowestRate + DEVIATIONS * lowestDeviation) {
      return false;
    }
    seen = 0;
    rate = 0;
    lowest = Double.POSITIVE_INFINITY;
    return true;
  }
}
