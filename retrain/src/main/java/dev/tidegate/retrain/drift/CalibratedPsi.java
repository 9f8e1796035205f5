package dev.tidegate.retrain.drift;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Population stability index with a reference distribution of its own, in place of fixed bounds.
 *
 * <p>Over cells with shares e of n reference rows and a of m rows at hand, PSI = sum (a - e) ln(a /
 * e). Without drift PSI / (1/n + 1/m) follows chi-square with (cells - 1) degrees of freedom
 * (Yurdakul and Naranjo, "Statistical properties of the population stability index", 2020). Drift
 * is called only if that is improbable <b>and</b> PSI is over a floor that matters in practice:
 * with many rows every difference becomes improbable, with few every bound is crossed by chance.
 *
 * <p>Cells empty on both sides do not count. Each counted cell is smoothed by half a row, so that
 * an empty side gives no infinity. Refuses sides without rows. O(cells).
 *
 * @param alpha probability of calling drift where there is none, without the floor; in (0, 1)
 * @param floor PSI up to which nothing is called drift
 */
public record CalibratedPsi(double alpha, double floor) {
  private static final double SMOOTHING = 0.5;

  /** One reading in a hundred by chance, and not below 0.04. */
  public static CalibratedPsi defaults() {
    return new CalibratedPsi(0.01, 0.04);
  }

  /** Checks the ranges. */
  public CalibratedPsi {
    if (!(alpha > 0 && alpha < 1) || !(floor >= 0)) {
      throw new IllegalArgumentException(
          "alpha must be in (0, 1) and floor not negative: " + alpha + ", " + floor);
    }
  }

  /**
   * Compares two histograms over the same cells.
   *
   * @throws IllegalArgumentException if the cells differ in number or a side has no rows
   */
  public Reading compare(long[] reference, long[] actual) {
    if (reference.length != actual.length) {
      throw new IllegalArgumentException(
          "histograms of " + reference.length + " and " + actual.length + " cells");
    }
    int cells = 0;
    long n = 0;
    long m = 0;
    for (int i = 0; i < reference.length; i++) {
      cells += reference[i] + actual[i] > 0 ? 1 : 0;
      n += reference[i];
      m += actual[i];
    }
    if (n <= 0 || m <= 0) {
      throw new IllegalArgumentException("a histogram without rows: " + n + " against " + m);
    }
    if (cells < 2) {
      return new Reading(0, floor, 1, false);
    }
    return read(psi(reference, actual, cells), 1.0 / n + 1.0 / m, cells - 1);
  }

  private Reading read(double psi, double scale, int degrees) {
    ChiSquaredDistribution chiSquare = new ChiSquaredDistribution(null, degrees);
    double pValue = 1 - chiSquare.cumulativeProbability(psi / scale);
    double critical = chiSquare.inverseCumulativeProbability(1 - alpha) * scale;
    double threshold = Math.max(floor, critical);
    return new Reading(psi, threshold, pValue, psi > threshold);
  }

  private static double psi(long[] reference, long[] actual, int cells) {
    double n = cells * SMOOTHING;
    double m = cells * SMOOTHING;
    for (int i = 0; i < reference.length; i++) {
      n += reference[i];
      m += actual[i];
    }
    double psi = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] + actual[i] > 0) {
        double e = (reference[i] + SMOOTHING) / n;
        double a = (actual[i] + SMOOTHING) / m;
        psi += (a - e) * Math.log(a / e);
      }
    }
    return psi;
  }

  /**
   * What a comparison says.
   *
   * @param psi the index, not negative
   * @param threshold index above which it is drift: the floor, or what chance exceeds in a share
   *     alpha of readings if that is more
   * @param pValue probability of at least this index without drift
   * @param drifted true if it is drift
   */
  public record Reading(double psi, double threshold, double pValue, boolean drifted) {}
}
