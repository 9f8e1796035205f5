package dev.tidegate.retrain.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Standardized rows with their labels, from which batches are taken. */
final class StandardRows {
  private final float[] values;
  private final float[] labels;
  private final int width;

  /**
   * Of arrays that are not changed afterwards.
   *
   * @param values row-major, NaN where nothing is known
   * @param labels 1 for fraud and 0 for not, one a row
   * @param width values in a row
   */
  StandardRows(float[] values, float[] labels, int width) {
    this.values = values;
    this.labels = labels;
    this.width = width;
  }

  /** Number of rows. */
  int rows() {
    return labels.length;
  }

  /** Arrays of the rows at some places of an order. */
  Batch batch(NDManager manager, int[] order, int from, int to) {
    int count = to - from;
    float[] rows = new float[count * width];
    float[] known = new float[count * width];
    float[] own = new float[count];
    for (int i = 0; i < count; i++) {
      int row = order[from + i];
      own[i] = labels[row];
      for (int column = 0; column < width; column++) {
        float value = values[row * width + column];
        if (!Float.isNaN(value)) {
          rows[i * width + column] = value;
          known[i * width + column] = 1;
        }
      }
    }
    Shape shape = new Shape(count, width);
    return new Batch(
        manager.create(rows, shape),
        manager.create(known, shape),
        manager.create(own, new Shape(count, 1)));
  }

  /** Values with 0 where nothing is known, 1 where something is, and labels. */
  record Batch(NDArray rows, NDArray known, NDArray labels) {}
}
