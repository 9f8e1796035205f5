package dev.tidegate.retrain.detect;

/**
 * How long a rate is learned, and how sure its bounds are.
 *
 * <p>Learning ends with a number of positives, so that the bound is as tight relative to the rate
 * at 0.2 % as at 10 %: about 1 + z / sqrt(positives) times the estimate. Where positives hardly
 * ever come it ends with a number of observations.
 *
 * @param positives observations that are 1 after which a rate is known, at least 1
 * @param most observations after which it is known in any case, at least 2
 * @param risk probability that the true rate lies beyond the bound used, in (0, 1)
 */
public record Learning(int positives, int most, double risk) {
  private static final int POSITIVES = 256;
  private static final int MOST = 1_000_000;
  private static final double RISK = 0.01;

  /**
   * 256 positives, at most a million observations, risk 1 %: the bound is some 15 % above the
   * estimate, which leaves nearly all of a doubling to be seen.
   */
  public static Learning defaults() {
    return new Learning(POSITIVES, MOST, RISK);
  }

  /**
   * For streams that may change within a number of observations: learning takes at most a tenth of
   * them, so that nine tenths are watched.
   */
  public static Learning within(int observations) {
    return new Learning(POSITIVES, Math.max(2, observations / 10), RISK);
  }

  /** Checks the ranges. */
  public Learning {
    if (positives < 1 || most < 2 || !(risk > 0 && risk < 1)) {
      throw new IllegalArgumentException(
          "learning needs at least 1 positive, 2 observations and a risk in (0, 1): "
              + positives
              + ", "
              + most
              + ", "
              + risk);
    }
  }

  /** The run length to ask of a detector so that, risk counted in, it keeps the promised one. */
  double askFor(double promised) {
    return promised / (1 - risk);
  }
}
