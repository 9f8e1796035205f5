package dev.tidegate.retrain.release;

import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether a model file scores as the model did that was trained: {@link #ROWS} rows spread over the
 * training set, rows on the model's own thresholds, rows with holes, and one with nothing known.
 *
 * @param rows rows compared
 * @param largest largest distance of two scores
 */
record Parity(int rows, double largest) {
  /** Rows of the training set that are compared; of a smaller set some come again with holes. */
  static final int ROWS = 10_000;

  /** Largest distance that is allowed. */
  static final double TOLERANCE = 1e-5;

  private static final int ON_THRESHOLDS = 2_000;
  private static final int BLOCK = 1_000;
  private static final long SEED = 41;

  /**
   * Compares.
   *
   * @param served the model file, opened as a scorer does
   * @throws NotPublishable if a score is further off than {@link #TOLERANCE}
   */
  static Parity of(TrainedModel trained, Model served, TrainingSet set) {
    if (served.width() != set.width()) {
      throw new NotPublishable(
          trained.modelFile()
              + " takes "
              + served.width()
              + " values a row where the training set has "
              + set.width());
    }
    Parity found = new Parity(0, 0);
    for (int from = 0; from < ROWS; from += BLOCK) {
      found = found.and(trained, served, block(set, from), "row of the training set");
    }
    float[] middle = set.vector(set.rows() / 2);
    found =
        found.and(
            trained,
            served,
            flat(trained.onThresholds(middle, ON_THRESHOLDS), set.width()),
            "row on a threshold");
    float[] nothing = new float[set.width()];
    Arrays.fill(nothing, Float.NaN);
    return found.and(trained, served, nothing, "row with nothing known");
  }

  private static float[] block(TrainingSet set, int from) {
    SplittableRandom random = new SplittableRandom(SEED + from);
    float[] rows = new float[BLOCK * set.width()];
    for (int i = 0; i < BLOCK; i++) {
      int at = from + i;
      boolean again = at >= set.rows();
      int row = set.rows() > ROWS ? (int) ((long) at * set.rows() / ROWS) : at % set.rows();
      float[] vector = set.vector(row);
      // One row in eight has holes too, for those of the set may have none.
      for (int column = 0; (again || at % 8 == 0) && column < vector.length; column++) {
        vector[column] = random.nextInt(3) == 0 ? Float.NaN : vector[column];
      }
      System.arraycopy(vector, 0, rows, i * set.width(), set.width());
    }
    return rows;
  }

  private static float[] flat(List<float[]> rows, int width) {
    float[] flat = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * width, width);
    }
    return flat;
  }

  private Parity and(TrainedModel trained, Model served, float[] rows, String what) {
    if (rows.length == 0) {
      return this;
    }
    float[] due = trained.trainedScores(rows);
    float[] found = served.score(rows);
    double worst = largest;
    for (int i = 0; i < due.length; i++) {
      double off = Math.abs((double) due[i] - found[i]);
      // Written so that a NaN on either side is refused.
      if (!(off <= TOLERANCE)) {
        throw new NotPublishable(
            trained.modelFile()
                + " scores a "
                + what
                + " "
                + found[i]
                + ", the trained model "
                + due[i]
                + ": more than "
                + TOLERANCE
                + " apart");
      }
      worst = Math.max(worst, off);
    }
    return new Parity(this.rows + due.length, worst);
  }
}
