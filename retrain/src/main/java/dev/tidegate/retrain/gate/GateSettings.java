package dev.tidegate.retrain.gate;

import dev.tidegate.retrain.outcome.FairnessLimits;

/**
 * What a challenger must show.
 *
 * @param alertBudgetPercent percent of payments that analysts can look at, (0, 100]
 * @param bootstrap how sure "better" must be
 * @param segments how much worse a segment may become
 * @param fairness limits of how groups may be treated
 * @param stability limits of how its scores may move
 * @param latencyMs 99th percentile of the time for one payment that its model may take
 */
public record GateSettings(
    double alertBudgetPercent,
    Bootstrap bootstrap,
    Segments segments,
    FairnessLimits fairness,
    Stability stability,
    double latencyMs) {

  /**
   * How sure "better" must be.
   *
   * @param draws of customers, at least 100
   * @param level share of draws beyond each bound, (0, 0.5): the probability, about, that a
   *     challenger that is no better on one figure passes that figure's gate
   * @param seed of the draws
   * @param leastFrauds frauds in the window below which nothing is decided
   */
  public record Bootstrap(int draws, double level, long seed, int leastFrauds) {
    /** Checks the ranges. */
    public Bootstrap {
      require(draws >= 100, "a bootstrap needs at least 100 draws, not " + draws);
      require(level > 0 && level < 0.5, "a level must be in (0, 0.5), not " + level);
      require(leastFrauds >= 1, "at least one fraud is needed to compare, not " + leastFrauds);
    }
  }

  /**
   * How much worse a segment may become.
   *
   * @param bound largest fall of a segment's recall at the alert budget, [0, 1]
   * @param leastFrauds frauds below which a segment is not judged
   */
  public record Segments(double bound, int leastFrauds) {
    /** Checks the ranges. */
    public Segments {
      require(bound >= 0 && bound <= 1, "a segment's bound must be in [0, 1], not " + bound);
      require(leastFrauds >= 1, "a segment needs at least one fraud, not " + leastFrauds);
    }
  }

  /**
   * How far its scores may move between the rows it was made on and the window.
   *
   * @param psi largest population stability index, where it is beyond chance too
   * @param alertFactor largest ratio between the alerts its own threshold raises in the window and
   *     the budget the threshold was chosen for
   */
  public record Stability(double psi, double alertFactor) {
    /** Checks the ranges. */
    public Stability {
      require(psi > 0, "a limit of PSI must be above 0, not " + psi);
      require(alertFactor >= 1, "a factor of alerts must be at least 1, not " + alertFactor);
    }
  }

  /** What is used where nothing else is said; {@code docs/concepts/gates.md} says why. */
  public static GateSettings of(double alertBudgetPercent, long seed) {
    return new GateSettings(
        alertBudgetPercent,
        new Bootstrap(1_000, 0.05, seed, 20),
        new Segments(0.05, 20),
        FairnessLimits.fourFifths(0.01),
        new Stability(0.25, 2),
        5);
  }

  /** Checks the ranges. */
  public GateSettings {
    require(
        alertBudgetPercent > 0 && alertBudgetPercent <= 100,
        "an alert budget is a percentage above 0 and at most 100, not " + alertBudgetPercent);
    require(latencyMs > 0, "a latency budget must be above 0, not " + latencyMs);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
