package dev.tidegate.retrain.stability;

import dev.tidegate.retrain.drift.ScoreBins;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feature was distributed in the rows that a release was made from.
 *
 * @param name the feature
 * @param bins cells of a numeric feature: ten quantile bins and one for no value; null for a
 *     categorical one
 * @param categories cells of a categorical feature; null for a numeric one
 * @param histogram its rows by cell and hour of the week
 * @param range what a numeric feature held; null for a categorical one, or where it is not known
 */
public record FeatureReference(
    String name,
    @Nullable ScoreBins bins,
    @Nullable CategoryCells categories,
    HourlyHistogram histogram,
    @Nullable Range range) {
  /**
   * Least and greatest value.
   *
   * @param low inclusive
   * @param high inclusive
   */
  public record Range(double low, double high) {}

  /** Checks that cells and counts fit. */
  public FeatureReference {
    if ((bins == null) == (categories == null)) {
      throw new IllegalArgumentException(name + " is either numeric or categorical");
    }
    int cells = categories == null ? ScoreBins.CELLS : categories.size();
    if (histogram.cells() != cells) {
      throw new IllegalArgumentException(
          name + " has " + cells + " cells and counts of " + histogram.cells());
    }
  }

  /**
   * The reference of a numeric feature.
   *
   * @param values one a row, NaN for none; at least one is a number
   * @param timesMs event time of each row
   */
  public static FeatureReference numeric(String name, double[] values, long[] timesMs) {
    ScoreBins bins = ScoreBins.quantiles(values);
    HourlyHistogram histogram = new HourlyHistogram(ScoreBins.CELLS);
    for (int i = 0; i < values.length; i++) {
      histogram.add(timesMs[i], bins.cell(values[i]));
    }
    return new FeatureReference(name, bins, null, histogram, range(values));
  }

  /**
   * The reference of a categorical feature.
   *
   * @param values one a row, null for none
   * @param timesMs event time of each row
   * @param most values with a cell of their own, the most frequent ones
   */
  public static FeatureReference categorical(
      String name, List<@Nullable String> values, long[] timesMs, int most) {
    CategoryCells cells = CategoryCells.mostFrequent(values, most);
    HourlyHistogram histogram = new HourlyHistogram(cells.size());
    for (int i = 0; i < timesMs.length; i++) {
      histogram.add(timesMs[i], cells.cell(values.get(i)));
    }
    return new FeatureReference(name, null, cells, histogram, null);
  }

  private static @Nullable Range range(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      // NaN is neither below nor above.
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    // An infinite one has no form in JSON, and nothing lies outside of it.
    return Double.isInfinite(low) || Double.isInfinite(high) ? null : new Range(low, high);
  }

  /** Share of rows without a value; NaN without rows. */
  public double nullRate() {
    long[] total = histogram.total();
    long rows = 0;
    for (long of : total) {
      rows += of;
    }
    return (double) total[none()] / rows;
  }

  /** The cell of no value. */
  int none() {
    return histogram.cells() - 1;
  }

  /** The cell of unseen values; -1 for a numeric feature. */
  int unseen() {
    return categories == null ? -1 : categories.unseen();
  }
}
