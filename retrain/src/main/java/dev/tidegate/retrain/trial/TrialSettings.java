package dev.tidegate.retrain.trial;

/**
 * How long a trial takes and when it ends early.
 *
 * @param shadowDecisions payments that it scores as a shadow before it may decide any, at least 100
 * @param canaryPercent share of payers it then decides for, 1 to 99
 * @param canaryDecisions payments that it decides before it is ready for approval, at least 100
 * @param tolerance how many times the champion's share of stopped payments, and of fraud let
 *     through, it may have, at least 1
 * @param risk probability of ending the trial of a release that keeps within the tolerance, by each
 *     of its detectors, in (0, 1)
 */
public record TrialSettings(
    int shadowDecisions, int canaryPercent, int canaryDecisions, double tolerance, double risk) {
  private static final int LEAST = 100;

  /** What is used where nothing else is said. */
  public static TrialSettings defaults() {
    return new TrialSettings(20_000, 5, 20_000, 2, 0.01);
  }

  /** Checks the ranges. */
  public TrialSettings {
    if (shadowDecisions < LEAST || canaryDecisions < LEAST) {
      throw new IllegalArgumentException(
          "a trial needs at least 100 payments as a shadow and as a canary: "
              + shadowDecisions
              + ", "
              + canaryDecisions);
    }
    if (canaryPercent < 1 || canaryPercent > 99) {
      throw new IllegalArgumentException("a canary's share is 1 to 99 percent: " + canaryPercent);
    }
    if (!(tolerance >= 1) || !(risk > 0 && risk < 1)) {
      throw new IllegalArgumentException(
          "tolerance must be at least 1 and risk in (0, 1): " + tolerance + ", " + risk);
    }
  }
}
