package dev.tidegate.retrain.outcome;

/**
 * What is held to be unfair, and how sure one must be to say so.
 *
 * @param lowestImpact disparate impact below which a group is disadvantaged, in (0, 1]
 * @param highestFalsePositives false-positive-rate ratio above which it is, at least 1
 * @param level probability of calling a group that is at its limit, from the page budget; in (0,
 *     0.5]
 */
public record FairnessLimits(double lowestImpact, double highestFalsePositives, double level) {
  private static final double FOUR_FIFTHS = 0.8;

  /** The four-fifths rule (29 CFR 1607.4) for impact, and its reciprocal for false positives. */
  public static FairnessLimits fourFifths(double level) {
    return new FairnessLimits(FOUR_FIFTHS, 1 / FOUR_FIFTHS, level);
  }

  /** Checks the ranges. */
  public FairnessLimits {
    if (!(lowestImpact > 0 && lowestImpact <= 1)
        || !(highestFalsePositives >= 1)
        || !(level > 0 && level <= 0.5)) {
      throw new IllegalArgumentException(
          "fairness needs an impact in (0, 1], a ratio of at least 1 and a level in (0, 0.5]: "
              + lowestImpact
              + ", "
              + highestFalsePositives
              + ", "
              + level);
    }
  }
}
