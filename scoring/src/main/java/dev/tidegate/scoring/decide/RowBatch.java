package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that a model scores together, with what came of each. If the batch fails, its rows are
 * scored one by one, so that one bad row does not degrade its mates; after so many failures without
 * an answer between the rest is not tried. Belongs to the model's thread from a call's start to its
 * end, and to the loop's thread otherwise; one whose call never ended is not used again.
 */
final class RowBatch {
  private final int width;
  private final int patience;
  private final float[] rows;
  private final float[] scores;
  private final boolean[] failed;
  private float[][] byMember = {};
  private final List<RuntimeException> thrown = new ArrayList<>();
  private int tried;
  private boolean answered;
  private long nanos;

  /**
   * Room for so many rows.
   *
   * @param patience failures without an answer between after which the rest is left out
   */
  RowBatch(int most, int width, int patience) {
    this.width = width;
    this.patience = patience;
    this.rows = new float[most * width];
    this.scores = new float[most];
    this.failed = new boolean[most];
  }

  int room() {
    return scores.length;
  }

  float[] rows() {
    return rows;
  }

  /** Scores the first rows. */
  void run(Model model, int count) {
    Arrays.fill(failed, 0, count, false);
    thrown.clear();
    tried = count;
    long begun = WallClock.nanos();
    try {
      model.score(rows, count, scores);
      answered = true;
      keepMembers(model, count);
    } catch (RuntimeException e) {
      thrown.add(e);
      answered = false;
      byMember = new float[0][];
      oneByOne(model, count);
    }
    nanos = WallClock.nanos() - begun;
  }

  /** Time that the model took for the last run, nanoseconds. */
  long nanos() {
    return nanos;
  }

  private void keepMembers(Model model, int count) {
    int members = model.members().size();
    if (byMember.length != members) {
      byMember = new float[members][room()];
    }
    for (int member = 0; member < members; member++) {
      for (int row = 0; row < count; row++) {
        byMember[member][row] = model.memberScore(member, row);
      }
    }
  }

  /** What a member of an ensemble said of a row; NaN where the batch was scored one by one. */
  float memberScore(int member, int row) {
    return member < byMember.length ? byMember[member][row] : Float.NaN;
  }

  private void oneByOne(Model model, int count) {
    float[] row = new float[width];
    float[] score = new float[1];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * width, row, 0, width);
      try {
        model.score(row, 1, score);
        scores[i] = score[0];
        answered = true;
      } catch (RuntimeException e) {
        thrown.add(e);
        failed[i] = true;
        if (!answered && i + 1 >= patience) {
          tried = i + 1;
          return;
        }
      }
    }
  }

  /** The model's answer to a row that was tried and did not fail. */
  float score(int row) {
    return scores[row];
  }

  /** True if the model threw on the row alone. */
  boolean failed(int row) {
    return failed[row];
  }

  /** Rows from the first on that were tried; the others were left out. */
  int tried() {
    return tried;
  }

  /** True if any row was scored. */
  boolean answered() {
    return answered;
  }

  /** What the model threw, once for the batch and once for each row that was retried. */
  List<RuntimeException> thrown() {
    return thrown;
  }
}
