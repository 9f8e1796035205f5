package dev.tidegate.retrain.drift;

import java.util.Arrays;
import java.util.List;

/**
 * Cells of a score: ten bins between nine edges, a score on an edge belonging to the bin above it,
 * and one cell for payments without a score. Immutable.
 */
public final class ScoreBins {
  /** Bins of scores. */
  public static final int BINS = 10;

  /** Cells in all: the bins, then the one without a score. */
  public static final int CELLS = BINS + 1;

  private final double[] edges;

  private ScoreBins(double[] edges) {
    this.edges = edges;
  }

  /**
   * Bins between given edges.
   *
   * @param edges nine numbers, not descending
   */
  public static ScoreBins of(List<Double> edges) {
    double[] copy = edges.stream().mapToDouble(Double::doubleValue).toArray();
    if (copy.length != BINS - 1) {
      throw new IllegalArgumentException("expected " + (BINS - 1) + " edges, found " + copy.length);
    }
    for (int i = 0; i < copy.length; i++) {
      if (Double.isNaN(copy[i]) || (i > 0 && copy[i] < copy[i - 1])) {
        throw new IllegalArgumentException("edges must not descend: " + edges);
      }
    }
    return new ScoreBins(copy);
  }

  /**
   * Bins that hold about the same number of the given scores each. Where scores repeat, edges may
   * coincide and bins between them stay empty.
   *
   * @param scores at least one; those that are NaN are passed over
   */
  public static ScoreBins quantiles(double[] scores) {
    double[] sorted = Arrays.stream(scores).filter(s -> !Double.isNaN(s)).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no scores to take quantiles of");
    }
    double[] edges = new double[BINS - 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = sorted[(int) ((long) (i + 1) * sorted.length / BINS)];
    }
    return new ScoreBins(edges);
  }

  /** The edges. */
  public List<Double> edges() {
    return Arrays.stream(edges).boxed().toList();
  }

  /** Cell of a score, [0, {@link #CELLS}); the last for NaN. */
  public int cell(double score) {
    if (Double.isNaN(score)) {
      return BINS;
    }
    int bin = 0;
    while (bin < edges.length && score >= edges[bin]) {
      bin++;
    }
    return bin;
  }

  /** Number of scores in each cell. */
  public long[] count(double[] scores) {
    long[] counts = new long[CELLS];
    for (double score : scores) {
      counts[cell(score)]++;
    }
    return counts;
  }
}
