package dev.tidegate.retrain.stability;

import java.util.Arrays;

/**
 * The step-up rule of Benjamini and Hochberg (1995): among m tests it rejects the k smallest
 * p-values, with the largest k whose k-th is at most k q / m. The expected share of false
 * rejections among all is at most q, and while nothing has changed, so is the probability of any
 * rejection: for p-values that are independent or positively dependent. O(m log m).
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The p-value up to which tests are rejected.
   *
   * @param pValues at least one, in [0, 1]
   * @param q the level, in (0, 1)
   * @return k q / m, or q / m if nothing is rejected
   */
  public static double cut(double[] pValues, double q) {
    if (pValues.length == 0) {
      throw new IllegalArgumentException("no tests to reject");
    }
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    int m = sorted.length;
    for (int k = m; k > 1; k--) {
      if (sorted[k - 1] <= k * q / m) {
        return k * q / m;
      }
    }
    return q / m;
  }
}
