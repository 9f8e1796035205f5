package dev.tidegate.retrain.train;

import dev.tidegate.scoring.forest.Forest;

/** A forest, and how the same rounds did on the validation tail when they were grown without it. */
public final class TrainedForest {
  private final Forest forest;
  private final int validationFrom;
  private final float[] validationScores;
  private final long seed;

  TrainedForest(Forest forest, int validationFrom, float[] validationScores, long seed) {
    this.forest = forest;
    this.validationFrom = validationFrom;
    this.validationScores = validationScores;
    this.seed = seed;
  }

  /** The trees that are to be served. */
  public Forest forest() {
    return forest;
  }

  /** Row of the training set at which the validation tail begins; it ends with the set. */
  public int validationFrom() {
    return validationFrom;
  }

  /**
   * A copy of the scores of the validation tail, probabilities, in row order, by the forest that
   * was grown on the rows before it: out of sample and later in time.
   */
  public float[] validationScores() {
    return validationScores.clone();
  }

  /** Seed of the row and column draws. */
  public long seed() {
    return seed;
  }
}
