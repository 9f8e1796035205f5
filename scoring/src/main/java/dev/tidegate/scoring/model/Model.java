package dev.tidegate.scoring.model;

import java.util.List;

/**
 * A scorer of feature rows. A row's score depends on that row alone: not on its place in the batch,
 * on the batch's size, or on the other rows; on a CPU this holds bit for bit.
 *
 * <p>An instance belongs to one thread at a time, because it owns its buffers; each thread opens
 * its own. Closing twice is allowed.
 */
public interface Model extends AutoCloseable {
  /** Number of features in a row. */
  int width();

  /**
   * Scores the first rows of a row-major array.
   *
   * @param rows at least {@code count * width()} values; NaN stands for a missing one, and what a
   *     model makes of it is its own, but the same each time
   * @param count number of rows; 0 scores nothing
   * @param scores receives {@code count} probabilities in [0, 1] from index 0; NaN where the model
   *     has no answer
   * @throws IllegalArgumentException if an array is too short for {@code count}
   * @throws IllegalStateException after {@link #close()}
   * @throws ModelException if the backend fails; scores are then undefined
   */
  void score(float[] rows, int count, float[] scores);

  /**
   * Scores whole rows.
   *
   * @param rows row-major
   * @return one score a row
   * @throws IllegalArgumentException if the length is no multiple of the width
   */
  default float[] score(float[] rows) {
    if (rows.length % width() != 0) {
      throw new IllegalArgumentException(
          rows.length + " values are not whole rows of " + width() + " features");
    }
    float[] scores = new float[rows.length / width()];
    score(rows, scores.length, scores);
    return scores;
  }

  /** Names of the models that this one blends; empty for one that blends none. */
  default List<String> members() {
    return List.of();
  }

  /**
   * What a member said of a row of the last call; NaN if it had no answer.
   *
   * @param member its place in {@link #members}
   */
  default float memberScore(int member, int row) {
    return Float.NaN;
  }

  /** Where it runs. */
  default DeviceUse device() {
    return DeviceUse.CPU;
  }

  /**
   * Refuses arrays that are too short, for backends.
   *
   * @throws IllegalArgumentException if {@code count} is negative or rows or scores do not fit
   */
  static void requireRoom(float[] rows, int width, int count, float[] scores) {
    if (count < 0 || rows.length < (long) count * width || scores.length < count) {
      throw new IllegalArgumentException(
          count
              + " rows of "
              + width
              + " features do not fit "
              + rows.length
              + " values and "
              + scores.length
              + " scores");
    }
  }

  /** Frees what the backend holds. */
  @Override
  void close();
}
