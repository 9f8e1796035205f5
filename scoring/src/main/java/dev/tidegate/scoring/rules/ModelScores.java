package dev.tidegate.scoring.rules;

/** What models at work say of one payment, by name. */
@FunctionalInterface
public interface ModelScores {
  /** None but the score that stands for the payment. */
  ModelScores NONE = name -> Double.NaN;

  /**
   * A model's probability.
   *
   * @param name of a model, a release, a role, or an ensemble's member
   * @return NaN if none of that name is at work, or it has no answer to the payment
   */
  double of(String name);
}
