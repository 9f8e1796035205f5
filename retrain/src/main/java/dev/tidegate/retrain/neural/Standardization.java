package dev.tidegate.retrain.neural;

import dev.tidegate.retrain.onnx.GraphWriter;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.release.SequenceInput;
import java.util.Arrays;

/**
 * Rows as networks like them: each column with mean 0 and deviation 1 over the training rows, cut
 * to what these rows hold and to {@link #CLIP} deviations. Without the cut a network trained on the
 * end of a month answers anything about the next one's beginning; trees are level there too.
 * Columns that reach beyond {@link #WIDE} are first taken as sign(x) log(1 + |x|), for amounts and
 * counts have long tails. A field of a sequence has one mean, deviation and range over all its
 * events. NaN stays NaN. Immutable.
 */
final class Standardization {
  private static final float CLIP = 8;

  private static final float WIDE = 20;

  /** A column that hardly moves is not blown up to noise. */
  private static final double LEAST_DEVIATION = 1e-2;

  private final boolean[] wide;
  private final float[] means;
  private final float[] inverses;
  private final float[] lows;
  private final float[] highs;

  /** Of rows [0, to) of a set. */
  static Standardization of(TrainingSet set, int to) {
    int[] groups = groups(set.layout());
    int width = groups.length;
    float[] rows = set.matrix(0, to);
    boolean[] wideGroups = new boolean[width];
    for (int i = 0; i < rows.length; i++) {
      wideGroups[groups[i % width]] |= Math.abs(rows[i]) > WIDE;
    }
    double[][] sums = new double[3][width];
    float[][] ends = new float[2][width];
    Arrays.fill(ends[0], Float.POSITIVE_INFINITY);
    Arrays.fill(ends[1], Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isNaN(rows[i])) {
        int group = groups[i % width];
        float value = wideGroups[group] ? logged(rows[i]) : rows[i];
        sums[0][group]++;
        sums[1][group] += value;
        sums[2][group] += (double) value * value;
        ends[0][group] = Math.min(ends[0][group], value);
        ends[1][group] = Math.max(ends[1][group], value);
      }
    }
    return new Standardization(wideGroups, sums, ends, groups);
  }

  private Standardization(boolean[] wideGroups, double[][] sums, float[][] ends, int[] groups) {
    wide = new boolean[groups.length];
    means = new float[groups.length];
    inverses = new float[groups.length];
    lows = new float[groups.length];
    highs = new float[groups.length];
    for (int column = 0; column < groups.length; column++) {
      int group = groups[column];
      double count = Math.max(1, sums[0][group]);
      double mean = sums[1][group] / count;
      double deviation = Math.sqrt(Math.max(0, sums[2][group] / count - mean * mean));
      wide[column] = wideGroups[group];
      means[column] = (float) mean;
      inverses[column] = (float) (1 / Math.max(LEAST_DEVIATION, deviation));
      if (sums[0][group] > 0) {
        lows[column] = Math.max(-CLIP, (ends[0][group] - means[column]) * inverses[column]);
        highs[column] = Math.min(CLIP, (ends[1][group] - means[column]) * inverses[column]);
      }
    }
  }

  /** The first column of those that are taken together, by column. */
  private static int[] groups(RowLayout layout) {
    int[] groups = new int[layout.width()];
    int at = 0;
    for (; at < layout.features(); at++) {
      groups[at] = at;
    }
    for (SequenceInput sequence : layout.sequences()) {
      int first = at;
      for (int i = 0; i < sequence.width(); i++, at++) {
        groups[at] = first + i % sequence.fields();
      }
    }
    return groups;
  }

  /** Columns. */
  int width() {
    return means.length;
  }

  /** Standardizes whole rows. */
  float[] of(float[] rows) {
    float[] standard = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int column = i % width();
      float value = wide[column] ? logged(rows[i]) : rows[i];
      float z = (value - means[column]) * inverses[column];
      standard[i] = Math.min(highs[column], Math.max(lows[column], z));
    }
    return standard;
  }

  private static float logged(float x) {
    return Math.signum(x) * (float) Math.log(1 + Math.abs(x));
  }

  /** The values at which a column is cut, as they stand in a row. */
  float[] cuts(int column) {
    return new float[] {valueAt(column, lows[column]), valueAt(column, highs[column])};
  }

  private float valueAt(int column, float z) {
    double value = means[column] + z / (double) inverses[column];
    return (float) (wide[column] ? Math.signum(value) * Math.expm1(Math.abs(value)) : value);
  }

  /**
   * Writes itself into a graph.
   *
   * @return names of the values float[N, F], 0 where nothing is known, and of float[N, F] that is 1
   *     where a value is known
   */
  String[] write(GraphWriter graph) {
    String x = GraphWriter.INPUT;
    graph.op("Abs", "size", x);
    graph.op("Add", "size_and_1", "size", graph.floats("one", new float[] {1}, 1));
    graph.op("Log", "log", "size_and_1");
    graph.op("Mul", "logged", graph.op("Sign", "sign", x), "log");
    graph.op("Where", "scaled", graph.truths("is_wide", wide), "logged", x);
    graph.op("Sub", "centred", "scaled", graph.floats("means", means, 1, width()));
    graph.op("Mul", "deviations", "centred", graph.floats("inverses", inverses, 1, width()));
    graph.op("IsNaN", "missing", x);
    graph.op("Where", "filled", "missing", graph.floats("zero", new float[] {0}, 1), "deviations");
    graph.op("Max", "raised", "filled", graph.floats("lows", lows, 1, width()));
    graph.op("Min", "cut_values", "raised", graph.floats("highs", highs, 1, width()));
    // What is not known stays 0, also where 0 is beyond the range.
    graph.op("Where", "standard", "missing", "zero", "cut_values");
    graph.op("Not", "present", "missing");
    graph.op(
        "Cast",
        "known",
        new ai.onnx.proto.OnnxMl.AttributeProto[] {GraphWriter.toFloat()},
        "present");
    return new String[] {"standard", "known"};
  }
}
