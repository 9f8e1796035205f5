package dev.tidegate.scoring.reasons;

import dev.tidegate.scoring.model.Model;
import java.util.function.Supplier;

/** A model whose margin is a weighted sum of its row; a missing value adds nothing, or is fatal. */
public final class LinearModel implements Model {
  private final double[] weights;
  private final boolean needsAll;

  private LinearModel(double[] weights, boolean needsAll) {
    this.weights = weights;
    this.needsAll = needsAll;
  }

  /** A missing value adds nothing. */
  public static Supplier<Model> of(double... weights) {
    return () -> new LinearModel(weights, false);
  }

  /** A missing value leaves the row without an answer. */
  static Supplier<Model> needingAll(double... weights) {
    return () -> new LinearModel(weights, true);
  }

  @Override
  public int width() {
    return weights.length;
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    Model.requireRoom(rows, width(), count, scores);
    for (int row = 0; row < count; row++) {
      double margin = 0;
      for (int i = 0; i < weights.length; i++) {
        float value = rows[row * weights.length + i];
        margin += Float.isNaN(value) && !needsAll ? 0 : weights[i] * value;
      }
      scores[row] = (float) (1 / (1 + Math.exp(-margin)));
    }
  }

  @Override
  public void close() {}
}
