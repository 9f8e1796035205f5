package dev.tidegate.retrain.train;

/**
 * Where the validation tail begins: rows [0, from) are learned from, rows [from, rows) are newer
 * and held out. No moment stands on both sides. Both sides have frauds.
 *
 * @param from first row of the tail
 */
public record HoldOut(int from) {
  /** Frauds below which there is nothing to learn. */
  static final int LEAST_POSITIVES = 5;

  private static final int LEAST_HELD_OUT_POSITIVES = 2;

  /**
   * Cuts by rows; where that leaves a side short of frauds, cuts by frauds.
   *
   * @throws NotTrainable if no cut gives both sides frauds
   */
  public static HoldOut of(TrainingSet set, double share) {
    check(set);
    int from = startOfMoment(set, (int) Math.floor(set.rows() * (1 - share)));
    if (!bothSides(set, from)) {
      int tail = Math.max(LEAST_HELD_OUT_POSITIVES, (int) Math.ceil(set.positives() * share));
      from = startOfMoment(set, rowOfPositive(set, set.positives() - tail));
    }
    if (!bothSides(set, from)) {
      throw new NotTrainable(
          set.positives()
              + " frauds in "
              + set.rows()
              + " rows, but they stand so close in time that none is left to validate on;"
              + " train on a longer range");
    }
    return new HoldOut(from);
  }

  private static void check(TrainingSet set) {
    int positives = set.positives();
    if (positives < LEAST_POSITIVES) {
      throw new NotTrainable(
          positives
              + " known frauds in "
              + set.rows()
              + " rows; training needs at least "
              + LEAST_POSITIVES
              + ": take a longer range, a shorter label delay, or a profile that maps the label");
    }
    int others = set.rows() - positives;
    if (others < LEAST_POSITIVES) {
      throw new NotTrainable(
          others
              + " legitimate payments in "
              + set.rows()
              + " rows; training needs at least "
              + LEAST_POSITIVES
              + ": check the profile's label mapping");
    }
  }

  private static boolean bothSides(TrainingSet set, int from) {
    return set.positives(0, from) >= LEAST_POSITIVES - LEAST_HELD_OUT_POSITIVES
        && set.positives(from, set.rows()) >= LEAST_HELD_OUT_POSITIVES;
  }

  private static int startOfMoment(TrainingSet set, int row) {
    int start = row;
    while (start > 0 && set.timeMs(start - 1) == set.timeMs(row)) {
      start--;
    }
    return start;
  }

  private static int rowOfPositive(TrainingSet set, int index) {
    int seen = -1;
    for (int row = 0; row < set.rows(); row++) {
      if (set.fraud(row) && ++seen == index) {
        return row;
      }
    }
    throw new IllegalArgumentException("no positive with index " + index);
  }
}
