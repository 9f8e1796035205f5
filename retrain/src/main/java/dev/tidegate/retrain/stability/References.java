package dev.tidegate.retrain.stability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * References of features and parts of payments from the rows that a model learned from. What no row
 * has a value of has no reference.
 *
 * <p>Rows that came before windows were full are left out, as far as that leaves a quarter of all:
 * a stream that is watched is not compared before its windows are ({@code docs/concepts/drift.md}),
 * and then differs from rows that were made while they filled.
 */
public final class References {
  private static final int MOST_CATEGORIES = 40;
  private static final int LEAST_SHARE = 4;

  private References() {}

  /** Rows; the order does not matter. */
  public interface Rows {
    /** How many. */
    int size();

    /** Event time of a row. */
    long timeMs(int row);

    /** Value of a feature; NaN for none. */
    float value(int row, int feature);

    /** Value of a part of the payment; null for none. */
    @Nullable String part(int row, PaymentPart part);
  }

  /**
   * References, one a feature, then one a part.
   *
   * @param names of the features
   * @param reachMs how far back features look
   */
  public static List<FeatureReference> of(List<String> names, Rows rows, long reachMs) {
    int[] full = full(rows, reachMs);
    long[] times = new long[full.length];
    for (int i = 0; i < full.length; i++) {
      times[i] = rows.timeMs(full[i]);
    }
    List<FeatureReference> references = new ArrayList<>();
    for (int feature = 0; feature < names.size(); feature++) {
      double[] values = new double[full.length];
      for (int i = 0; i < full.length; i++) {
        values[i] = rows.value(full[i], feature);
      }
      if (!Arrays.stream(values).allMatch(Double::isNaN)) {
        references.add(FeatureReference.numeric(names.get(feature), values, times));
      }
    }
    for (PaymentPart part : PaymentPart.values()) {
      List<@Nullable String> values = new ArrayList<>();
      for (int row : full) {
        values.add(rows.part(row, part));
      }
      if (values.stream().anyMatch(value -> value != null)) {
        references.add(
            FeatureReference.categorical(part.feature(), values, times, MOST_CATEGORIES));
      }
    }
    return references;
  }

  private static int[] full(Rows rows, long reachMs) {
    long first = Long.MAX_VALUE;
    for (int row = 0; row < rows.size(); row++) {
      first = Math.min(first, rows.timeMs(row));
    }
    int[] full = new int[rows.size()];
    int kept = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.timeMs(row) - first >= reachMs) {
        full[kept++] = row;
      }
    }
    if ((long) kept * LEAST_SHARE >= rows.size()) {
      return Arrays.copyOf(full, kept);
    }
    for (int row = 0; row < full.length; row++) {
      full[row] = row;
    }
    return full;
  }
}
