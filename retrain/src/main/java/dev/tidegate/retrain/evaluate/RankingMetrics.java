package dev.tidegate.retrain.evaluate;

import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * How well scores put fraud before the rest. Rows of one score form a step: no figure depends on
 * the order of tied rows. Building costs O(n log n); a figure O(steps). Immutable.
 */
public final class RankingMetrics {
  private final double[] steps;
  private final long[] frauds;
  private final long[] rows;

  private RankingMetrics(double[] steps, long[] frauds, long[] rows) {
    this.steps = steps;
    this.frauds = frauds;
    this.rows = rows;
  }

  /**
   * Ranks rows.
   *
   * @param scores higher is more suspicious; not NaN
   * @param fraud bit i set if row i was fraud
   * @throws IllegalArgumentException on a NaN score
   */
  public static RankingMetrics of(double[] scores, BitSet fraud) {
    int[] order = new int[scores.length];
    double[] falling = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        throw new IllegalArgumentException("row " + i + " has no score");
      }
      order[i] = i;
      falling[i] = 0.0 - scores[i];
    }
    DoubleArrays.radixSortIndirect(order, falling, false);
    return steps(scores, fraud, order);
  }

  private static RankingMetrics steps(double[] scores, BitSet fraud, int[] order) {
    double[] steps = new double[order.length];
    long[] frauds = new long[order.length];
    long[] rows = new long[order.length];
    int step = -1;
    long found = 0;
    for (int i = 0; i < order.length; i++) {
      double score = scores[order[i]];
      if (step < 0 || score != steps[step]) {
        steps[++step] = score;
      }
      if (fraud.get(order[i])) {
        found++;
      }
      frauds[step] = found;
      rows[step] = i + 1L;
    }
    return new RankingMetrics(
        Arrays.copyOf(steps, step + 1),
        Arrays.copyOf(frauds, step + 1),
        Arrays.copyOf(rows, step + 1));
  }

  /**
   * Of rows that are counted already.
   *
   * @param steps scores that occur, falling
   * @param frauds frauds that score at least each
   * @param rows rows that score at least each
   */
  public static RankingMetrics ofSteps(double[] steps, long[] frauds, long[] rows) {
    if (steps.length != frauds.length || steps.length != rows.length) {
      throw new IllegalArgumentException("each step needs its frauds and its rows");
    }
    return new RankingMetrics(steps.clone(), frauds.clone(), rows.clone());
  }

  /** Number of rows. */
  public long rows() {
    return rows.length == 0 ? 0 : rows[rows.length - 1];
  }

  /** Rows that were fraud. */
  public long frauds() {
    return frauds.length == 0 ? 0 : frauds[frauds.length - 1];
  }

  /**
   * Average precision: the sum over the steps, from the highest score, of (recall gained) times
   * (precision down to there), with no interpolation. The same figure as scikit-learn's {@code
   * average_precision_score}.
   *
   * @return in (0, 1], or null where no row was fraud
   */
  public @Nullable Double averagePrecision() {
    if (frauds() == 0) {
      return null;
    }
    double sum = 0;
    long before = 0;
    for (int i = 0; i < steps.length; i++) {
      sum += (double) (frauds[i] - before) / frauds() * frauds[i] / rows[i];
      before = frauds[i];
    }
    return sum;
  }

  /**
   * Area under the ROC curve: the probability that a fraud scores above another row, a tie counting
   * one half (Mann and Whitney, 1947).
   *
   * @return in [0, 1], or null where all rows are of one class
   */
  public @Nullable Double rocAuc() {
    long others = rows() - frauds();
    if (frauds() == 0 || others == 0) {
      return null;
    }
    double above = 0;
    long fraudsBefore = 0;
    long othersBefore = 0;
    for (int i = 0; i < steps.length; i++) {
      long fraudsHere = frauds[i] - fraudsBefore;
      long othersHere = rows[i] - frauds[i] - othersBefore;
      above += othersHere * (fraudsBefore + fraudsHere / 2.0);
      fraudsBefore = frauds[i];
      othersBefore += othersHere;
    }
    return above / ((double) frauds() * others);
  }

  /**
   * What an analyst finds who looks at the highest-scored rows, as many as the budget pays for.
   * Where the budget ends inside a step, the frauds found there are the mean over all orders.
   *
   * @param budgetPercent percent of all rows, (0, 100]; at least one row is looked at
   */
  public Found atBudget(double budgetPercent) {
    long budget = budgetRows(budgetPercent);
    if (budget == 0) {
      return new Found(0, 0, frauds());
    }
    int step = stepOf(budget);
    long rowsBefore = step == 0 ? 0 : rows[step - 1];
    long fraudsBefore = step == 0 ? 0 : frauds[step - 1];
    double share = (double) (budget - rowsBefore) / (rows[step] - rowsBefore);
    return new Found(fraudsBefore + share * (frauds[step] - fraudsBefore), budget, frauds());
  }

  /**
   * The lowest threshold that at most this share of the rows that are no fraud reach.
   *
   * @param rate false positives over all rows that are no fraud, [0, 1]
   * @return a score that occurs; or, where the rows of the highest score alone are over the rate,
   *     the next double above it
   * @throws IllegalStateException without rows
   */
  public double thresholdForFalsePositiveRate(double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a false positive rate is in [0, 1], not " + rate);
    }
    if (steps.length == 0) {
      throw new IllegalStateException("no rows to set a threshold by");
    }
    double allowed = rate * (rows() - frauds());
    double threshold = Math.nextUp(steps[0]);
    for (int i = 0; i < steps.length && rows[i] - frauds[i] <= allowed; i++) {
      threshold = steps[i];
    }
    return threshold;
  }

  /**
   * The threshold with the largest F1, the harmonic mean of precision and recall; the highest of
   * several.
   *
   * @throws IllegalStateException where no row was fraud
   */
  public double bestF1Threshold() {
    if (frauds() == 0) {
      throw new IllegalStateException("no frauds to set a threshold by");
    }
    double best = -1;
    double threshold = steps[0];
    for (int i = 0; i < steps.length; i++) {
      double f1 = 2.0 * frauds[i] / (rows[i] + frauds());
      if (f1 > best) {
        best = f1;
        threshold = steps[i];
      }
    }
    return threshold;
  }

  /** What the rows that score at least so much hold. */
  public Found atThreshold(double threshold) {
    int last = -1;
    while (last + 1 < steps.length && steps[last + 1] >= threshold) {
      last++;
    }
    return last < 0 ? new Found(0, 0, frauds()) : new Found(frauds[last], rows[last], frauds());
  }

  /**
   * The lowest threshold that keeps the alerts within a budget.
   *
   * @param budgetPercent percent of all rows, (0, 100]
   * @return a score that occurs; or, where the rows of the highest score alone are over the budget,
   *     the next double above it
   * @throws IllegalStateException without rows
   */
  public double thresholdFor(double budgetPercent) {
    if (steps.length == 0) {
      throw new IllegalStateException("no rows to set a threshold by");
    }
    long budget = budgetRows(budgetPercent);
    double threshold = Math.nextUp(steps[0]);
    for (int i = 0; i < steps.length && rows[i] <= budget; i++) {
      threshold = steps[i];
    }
    return threshold;
  }

  private long budgetRows(double budgetPercent) {
    if (!(budgetPercent > 0 && budgetPercent <= 100)) {
      throw new IllegalArgumentException(
          "an alert budget is a percentage above 0 and at most 100, not " + budgetPercent);
    }
    return Math.min(rows(), Math.max(1, Math.round(rows() * budgetPercent / 100)));
  }

  private int stepOf(long row) {
    int found = Arrays.binarySearch(rows, row);
    return found >= 0 ? found : -found - 1;
  }

  /**
   * Frauds among the rows that are looked at.
   *
   * @param frauds frauds found; a fraction where a tie is cut
   * @param alerts rows looked at
   * @param allFrauds frauds there are
   */
  public record Found(double frauds, long alerts, long allFrauds) {
    /** Share of all frauds that is found; null where there are none. */
    public @Nullable Double recall() {
      return allFrauds == 0 ? null : (Double) (frauds / allFrauds);
    }

    /** Harmonic mean of precision and recall; 0 where nothing is found. */
    public double f1() {
      return alerts + allFrauds == 0 ? 0 : 2 * frauds / (alerts + allFrauds);
    }

    /** Share of the rows looked at that is fraud; null where none is looked at. */
    public @Nullable Double precision() {
      return alerts == 0 ? null : (Double) (frauds / alerts);
    }
  }
}
