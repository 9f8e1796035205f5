package dev.tidegate.retrain.gate;

import java.util.List;
import java.util.Random;

/** Seeded trials of two models whose skill is known. */
final class TrialFixture {
  private TrialFixture() {}

  /**
   * Rows where a fraud's score is shifted by a model's skill, each model with noise of its own.
   *
   * @param skills of champion and challenger: standard deviations between fraud and the rest
   */
  static TrialRows rows(int count, double rate, double[] skills, long seed) {
    TrialRows rows = new TrialRows();
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      boolean fraud = random.nextDouble() < rate;
      rows.add(
          score(random, fraud ? skills[0] : 0),
          score(random, fraud ? skills[1] : 0),
          new TrialRows.Facts(fraud, "c" + i / 2, null, List.of()));
    }
    return rows;
  }

  /** A score in (0, 1) that grows with its argument's noise. */
  static double score(Random random, double shift) {
    return 1 / (1 + Math.exp(-(random.nextGaussian() + shift)));
  }
}
