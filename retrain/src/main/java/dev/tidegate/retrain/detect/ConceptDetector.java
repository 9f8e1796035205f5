package dev.tidegate.retrain.detect;

import java.nio.ByteBuffer;

/**
 * Concept drift: outcomes no longer are what calibrated scores said.
 *
 * <p>An {@link EDetector} of the outcome y against the score s of its decision, R &lt;- (R + 1)(1 +
 * l (y - s)), betting both ways. While scores are calibrated each y has mean s whatever payments
 * come, so a shift of the payments alone (covariate shift) does not move it; fraud that the scores
 * do not see does.
 *
 * <p>Wants one record a payment, in an order that does not depend on y ({@link LabelMaturity}).
 * O(1). Mutable; not thread safe.
 */
public final class ConceptDetector {
  private final EDetector detector;

  /**
   * A detector.
   *
   * @param runLength average number of outcomes to a false alarm that is promised
   */
  public ConceptDetector(double runLength) {
    detector = new EDetector(Bets.calibration(), runLength);
  }

  /**
   * Takes a matured outcome.
   *
   * @param score calibrated probability of fraud when it was decided, in [0, 1]
   * @param fraud what it turned out to be
   * @return true for an alarm
   */
  public boolean observe(double score, boolean fraud) {
    return detector.observe(fraud ? 1 : 0, score);
  }

  /** Which way outcomes left the scores: {@code RISE} for more fraud than scored. */
  public Direction direction() {
    return detector.leadingRatio() > 1 ? Direction.RISE : Direction.FALL;
  }

  /** The statistic after the last outcome. */
  public double statistic() {
    return detector.statistic();
  }

  /** The threshold. */
  public double threshold() {
    return detector.runLength();
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return detector.byteSize();
  }

  /** Writes what was observed; settings are not in it. */
  public void write(ByteBuffer out) {
    detector.write(out);
  }

  /** Goes on from what was written. */
  public void restore(ByteBuffer in) {
    detector.restore(in);
  }
}
