package dev.tidegate.retrain.detect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Says when the mean of a stream is no longer what it should be, with a promise about false alarms
 * that needs no model of the stream: e-detector by a mixture of baseline increments (Shin, Ramdas,
 * Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", 2024).
 *
 * <p>For observations x in [0, 1], an expected mean for each and bets j with stakes l_j ({@link
 * Bets}):
 *
 * <pre>
 *   Shiryaev-Roberts  R_j &lt;- (R_j + 1) (1 + l_j (x - mean))
 *   CUSUM             R_j &lt;- max(R_j, 1) (1 + l_j (x - mean))
 *   alarm when        M = mean over j of R_j &gt;= A; then all R_j begin at 0 again
 * </pre>
 *
 * <p><b>Promise.</b> While each x has the expected mean given what came before (for bets on rises:
 * at most that mean; for falls: at least), M grows by at most 1 an observation in expectation. So
 * the average run length to a false alarm is at least A, and in n observations at most n / A false
 * alarms are expected, for each n. Independence is not needed. {@code docs/concepts/drift.md} has
 * the proof.
 *
 * <p>O(bets) time an observation, O(bets) memory. Refuses x and means outside [0, 1]. Mutable; not
 * thread safe.
 */
public final class EDetector {
  private static final byte VERSION = 1;

  // configuration
  private final Form form;
  private final Bets bets;
  private final double runLength;

  // state
  private final double[] wealth;
  private boolean alarmed;

  // derived: stakes at the mean before
  private final double[] stakes;
  private double stakedAt = Double.NaN;

  /** How a bet starts anew. */
  public enum Form {
    /** A new bet of 1 with each observation: quicker for small changes. */
    SHIRYAEV_ROBERTS,
    /**
     * The old bet, or 1 if that is more: never above Shiryaev-Roberts, so the promise holds too.
     */
    CUSUM
  }

  /**
   * A detector in Shiryaev-Roberts form.
   *
   * @param runLength average number of observations to a false alarm that is promised, at least 1
   */
  public EDetector(Bets bets, double runLength) {
    this(Form.SHIRYAEV_ROBERTS, bets, runLength);
  }

  /** A detector of a given form. */
  public EDetector(Form form, Bets bets, double runLength) {
    if (!(runLength >= 1) || Double.isInfinite(runLength)) {
      throw new IllegalArgumentException("a run length is at least 1, not " + runLength);
    }
    this.form = form;
    this.bets = bets;
    this.runLength = runLength;
    wealth = new double[bets.size()];
    stakes = new double[bets.size()];
  }

  /**
   * Takes an observation.
   *
   * @param x in [0, 1]
   * @param mean what it is expected to be on average, in [0, 1], known before x
   * @return true for an alarm; the next observation begins at nothing
   * @throws IllegalArgumentException outside [0, 1]
   */
  public boolean observe(double x, double mean) {
    if (!(x >= 0 && x <= 1)) {
      throw new IllegalArgumentException("an observation must be in [0, 1], not " + x);
    }
    if (mean != stakedAt) {
      stake(mean);
    }
    if (alarmed) {
      reset();
    }
    double surprise = x - mean;
    double sum = 0;
    for (int j = 0; j < wealth.length; j++) {
      double start = form == Form.CUSUM ? Math.max(wealth[j], 1) : wealth[j] + 1;
      wealth[j] = start * (1 + stakes[j] * surprise);
      sum += wealth[j];
    }
    alarmed = sum >= runLength * wealth.length;
    return alarmed;
  }

  private void stake(double mean) {
    if (!(mean >= 0 && mean <= 1)) {
      throw new IllegalArgumentException("an expected mean must be in [0, 1], not " + mean);
    }
    for (int j = 0; j < stakes.length; j++) {
      stakes[j] = bets.stake(j, mean);
    }
    stakedAt = mean;
  }

  /** Forgets everything observed. */
  public void reset() {
    Arrays.fill(wealth, 0);
    alarmed = false;
  }

  /** M after the last observation; at an alarm the value that crossed the threshold. */
  public double statistic() {
    double sum = 0;
    for (double of : wealth) {
      sum += of;
    }
    return sum / wealth.length;
  }

  /** The threshold A, which is the promised average run length. */
  public double runLength() {
    return runLength;
  }

  /** The ratio whose bet stands highest: which way, and about how far, the mean has gone. */
  public double leadingRatio() {
    int leader = 0;
    for (int j = 1; j < wealth.length; j++) {
      leader = wealth[j] > wealth[leader] ? j : leader;
    }
    return bets.ratio(leader);
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return 3 + wealth.length * Double.BYTES;
  }

  /** Writes what was observed so far; settings are not in it. */
  public void write(ByteBuffer out) {
    out.put(VERSION).put((byte) wealth.length).put((byte) (alarmed ? 1 : 0));
    for (double of : wealth) {
      out.putDouble(of);
    }
  }

  /**
   * Goes on from what was written.
   *
   * @throws IllegalStateException if another version or another number of bets wrote it
   */
  public void restore(ByteBuffer in) {
    byte version = in.get();
    int written = in.get();
    if (version != VERSION || written != wealth.length) {
      throw new IllegalStateException(
          "a detector's state of version "
              + version
              + " with "
              + written
              + " bets where version "
              + VERSION
              + " with "
              + wealth.length
              + " is known: reset the monitor's state");
    }
    alarmed = in.get() == 1;
    for (int j = 0; j < wealth.length; j++) {
      wealth[j] = in.getDouble();
    }
  }
}
