package dev.tidegate.retrain.neural;

import dev.tidegate.retrain.onnx.GraphWriter;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.release.SequenceInput;

/**
 * Rows as networks like them: each column with mean 0 and deviation 1 over the training rows, at
 * most {@link #CLIP} deviations from it. Columns that reach beyond {@link #WIDE} are first taken as
 * sign(x) log(1 + |x|), for amounts and counts have long tails. A field of a sequence has one mean
 * and deviation over all its events. NaN stays NaN. Immutable.
 */
final class Standardization {
  /** Deviations from the mean at which a value is cut. */
  static final float CLIP = 8;

  private static final float WIDE = 20;

  /** A column that hardly moves is not blown up to noise. */
  private static final double LEAST_DEVIATION = 1e-2;

  private final boolean[] wide;
  private final float[] means;
  private final float[] inverses;

  private Standardization(boolean[] wide, float[] means, float[] inverses) {
    this.wide = wide;
    this.means = means;
    this.inverses = inverses;
  }

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
    for (int i = 0; i < rows.length; i++) {
      if (!Float.isNaN(rows[i])) {
        int group = groups[i % width];
        double value = wideGroups[group] ? logged(rows[i]) : rows[i];
        sums[0][group]++;
        sums[1][group] += value;
        sums[2][group] += value * value;
      }
    }
    return new Standardization(wideGroups, sums, groups);
  }

  private Standardization(boolean[] wideGroups, double[][] sums, int[] groups) {
    this(new boolean[groups.length], new float[groups.length], new float[groups.length]);
    for (int column = 0; column < groups.length; column++) {
      int group = groups[column];
      double count = Math.max(1, sums[0][group]);
      double mean = sums[1][group] / count;
      double deviation = Math.sqrt(Math.max(0, sums[2][group] / count - mean * mean));
      wide[column] = wideGroups[group];
      means[column] = (float) mean;
      inverses[column] = (float) (1 / Math.max(LEAST_DEVIATION, deviation));
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
      standard[i] = Math.min(CLIP, Math.max(-CLIP, z));
    }
    return standard;
  }

  private static float logged(float x) {
    return Math.signum(x) * (float) Math.log(1 + Math.abs(x));
  }

  /** The value of a column that stands for so many deviations. */
  float valueAt(int column, float z) {
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
    graph.floats("lowest", new float[] {-CLIP});
    graph.floats("highest", new float[] {CLIP});
    graph.op("Clip", "standard", "filled", "lowest", "highest");
    graph.op("Not", "present", "missing");
    graph.op(
        "Cast",
        "known",
        new ai.onnx.proto.OnnxMl.AttributeProto[] {GraphWriter.toFloat()},
        "present");
    return new String[] {"standard", "known"};
  }
}
