package dev.tidegate.retrain.detect;

import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says when a rate left what it was: the share of payments that alert, of fields that are null, of
 * alerts that were fraud.
 *
 * <p>The rate is learned first ({@link LearnedRate}); then an {@link EDetector} for each direction
 * watches against the bound on that side, rises against the upper one. If the bound holds, which it
 * does but for the risk, the detector's run length is at least what it was asked for; asked for A /
 * (1 - risk) its average over all that may be learned is at least A. After an alarm the rate is
 * learned anew: a change is told once, and a bound that was wrong does not stay.
 *
 * <p>O(bets) an observation. Mutable; not thread safe.
 */
public final class RateDetector {
  private final LearnedRate rate;
  private final @Nullable EDetector rises;
  private final @Nullable EDetector falls;

  /**
   * A detector with the usual bets.
   *
   * @param directions which changes are told, at least one
   * @param runLength average observations to a false alarm promised of each direction
   */
  public RateDetector(Set<Direction> directions, Learning learning, double runLength) {
    this(
        learning,
        runLength,
        directions.contains(Direction.RISE) ? Bets.rises() : null,
        directions.contains(Direction.FALL) ? Bets.falls() : null);
  }

  private RateDetector(
      Learning learning, double runLength, @Nullable Bets rises, @Nullable Bets falls) {
    if (rises == null && falls == null) {
      throw new IllegalArgumentException("a rate is watched for rises, for falls or for both");
    }
    rate = new LearnedRate(learning);
    this.rises = rises == null ? null : new EDetector(rises, learning.askFor(runLength));
    this.falls = falls == null ? null : new EDetector(falls, learning.askFor(runLength));
  }

  /** Watches for rises of something that should hardly ever be. */
  public static RateDetector ofFaults(Learning learning, double runLength) {
    return new RateDetector(learning, runLength, Bets.faults(), null);
  }

  /**
   * Takes an observation.
   *
   * @return the change that is told by it; null mostly, and always while the rate is learned
   */
  public @Nullable Alarm observe(boolean positive) {
    if (!rate.known()) {
      rate.learn(positive);
      return null;
    }
    double x = positive ? 1 : 0;
    boolean rose = rises != null && rises.observe(x, rate.upper());
    boolean fell = falls != null && falls.observe(x, rate.lower());
    return rose || fell ? tell(rose ? Direction.RISE : Direction.FALL) : null;
  }

  private Alarm tell(Direction direction) {
    EDetector detector = side(direction);
    if (detector == null) {
      throw new IllegalStateException(direction + " is not watched");
    }
    Alarm alarm =
        new Alarm(
            direction,
            detector.statistic(),
            detector.runLength(),
            direction == Direction.RISE ? rate.upper() : rate.lower(),
            detector.leadingRatio());
    rate.reset();
    if (rises != null) {
      rises.reset();
    }
    if (falls != null) {
      falls.reset();
    }
    return alarm;
  }

  private @Nullable EDetector side(Direction direction) {
    return direction == Direction.RISE ? rises : falls;
  }

  /** The rate as it was learned. */
  public LearnedRate rate() {
    return rate;
  }

  /** The statistic of a direction; 0 while the rate is learned or if it is not watched. */
  public double statistic(Direction direction) {
    EDetector detector = side(direction);
    return detector == null ? 0 : detector.statistic();
  }

  /** The threshold of a direction; NaN if it is not watched. */
  public double threshold(Direction direction) {
    EDetector detector = side(direction);
    return detector == null ? Double.NaN : detector.runLength();
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return LearnedRate.BYTES
        + (rises == null ? 0 : rises.byteSize())
        + (falls == null ? 0 : falls.byteSize());
  }

  /** Writes what was learned and observed; settings are not in it. */
  public void write(ByteBuffer out) {
    rate.write(out);
    if (rises != null) {
      rises.write(out);
    }
    if (falls != null) {
      falls.write(out);
    }
  }

  /** Goes on from what was written with the same settings. */
  public void restore(ByteBuffer in) {
    rate.restore(in);
    if (rises != null) {
      rises.restore(in);
    }
    if (falls != null) {
      falls.restore(in);
    }
  }

  /**
   * A change.
   *
   * @param direction which way
   * @param statistic the e-detector's M
   * @param threshold what it crossed
   * @param expected bound on the rate it was watched against
   * @param ratio about how many times that bound the rate is now: that of the best bet
   */
  public record Alarm(
      Direction direction, double statistic, double threshold, double expected, double ratio) {}
}
