package dev.tidegate.retrain.detect;

import java.nio.ByteBuffer;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * A rate learned from the stream itself, with exact bounds for the moment learning ends.
 *
 * <p>It ends with the k-th positive or after n observations, whichever is first. Outcomes are
 * ordered by how much they speak for a high rate: an earlier end by positives is higher, and all of
 * these are above an end by observations with fewer positives. For that order Clopper and Pearson's
 * argument (1934) gives, with I the incomplete beta function and s positives in m observations:
 *
 * <pre>
 *   end by positives:    I(upper; k, m - k)     = 1 - risk,  I(lower; k, m - k + 1) = risk
 *   end by observations: I(upper; s + 1, m - s) = 1 - risk,  I(lower; s, m - s + 1) = risk
 * </pre>
 *
 * <p>Each bound fails with probability at most {@code risk}, for independent observations of one
 * rate. O(1) an observation. Mutable; not thread safe.
 */
public final class LearnedRate {
  private static final byte VERSION = 1;
  private static final double SOLVER_ERROR = 1e-9;

  /** Length of the written form. */
  static final int BYTES = 1 + 2 * Long.BYTES;

  private final Learning learning;
  private long seen;
  private long positives;
  private double lower;
  private double upper = 1;

  /** A rate of which nothing is known yet. */
  public LearnedRate(Learning learning) {
    this.learning = learning;
  }

  /**
   * Learns from an observation; does nothing once the rate is known.
   *
   * @return true once the rate is known
   */
  public boolean learn(boolean positive) {
    if (known()) {
      return true;
    }
    seen++;
    positives += positive ? 1 : 0;
    if (known()) {
      bound();
    }
    return known();
  }

  /** True once learning has ended. */
  public boolean known() {
    return positives >= learning.positives() || seen >= learning.most();
  }

  private void bound() {
    boolean byPositives = positives >= learning.positives();
    double ones = (double) positives;
    double above = byPositives ? ones : ones + 1;
    double below = (double) (seen - positives);
    upper = below < 1 ? 1 : Math.min(1, quantile(above, below, 1 - learning.risk()) + SOLVER_ERROR);
    lower =
        positives < 1 ? 0 : Math.max(0, quantile(ones, below + 1, learning.risk()) - SOLVER_ERROR);
  }

  private static double quantile(double alpha, double beta, double p) {
    return new BetaDistribution(null, alpha, beta, SOLVER_ERROR).inverseCumulativeProbability(p);
  }

  /** The rate is below this but for the risk; 1 while it is not known. */
  public double upper() {
    return upper;
  }

  /** The rate is above this but for the risk; 0 while it is not known. */
  public double lower() {
    return lower;
  }

  /** Share of positives so far; NaN before the first observation. */
  public double estimate() {
    return (double) positives / seen;
  }

  /** Observations learned from. */
  public long observations() {
    return seen;
  }

  /** Learns anew from the next observation. */
  public void reset() {
    seen = 0;
    positives = 0;
    lower = 0;
    upper = 1;
  }

  void write(ByteBuffer out) {
    out.put(VERSION).putLong(seen).putLong(positives);
  }

  void restore(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "a learned rate's state has version "
              + version
              + " where "
              + VERSION
              + " is known: reset the monitor's state");
    }
    reset();
    seen = in.getLong();
    positives = in.getLong();
    if (known()) {
      bound();
    }
  }
}
