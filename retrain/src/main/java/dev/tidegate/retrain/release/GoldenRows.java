package dev.tidegate.retrain.release;

import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingSet;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/**
 * Vectors that a release must score as it did when it was made: ten rows of the validation tail
 * from the lowest to the highest score, five of them again with every other value missing, and one
 * with none.
 */
final class GoldenRows {
  private static final int QUANTILES = 10;
  private static final int HOLED = 5;

  private GoldenRows() {}

  static float[][] of(TrainingSet set, TrainedModel trained) {
    float[] scores = trained.validationScores();
    int[] order = new int[scores.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    IntArrays.mergeSort(order, (a, b) -> Float.compare(scores[a], scores[b]));
    float[][] rows = new float[QUANTILES + HOLED + 1][];
    for (int i = 0; i < QUANTILES; i++) {
      int at = (int) ((long) i * (order.length - 1) / (QUANTILES - 1));
      rows[i] = set.vector(trained.validationFrom() + order[at]);
    }
    for (int i = 0; i < HOLED; i++) {
      rows[QUANTILES + i] = holed(rows[QUANTILES - 1 - 2 * i], i % 2);
    }
    float[] none = new float[set.width()];
    Arrays.fill(none, Float.NaN);
    rows[rows.length - 1] = none;
    return rows;
  }

  private static float[] holed(float[] row, int first) {
    float[] copy = row.clone();
    for (int i = first; i < copy.length; i += 2) {
      copy[i] = Float.NaN;
    }
    return copy;
  }
}
