package dev.tidegate.retrain.quality;

import dev.tidegate.retrain.stability.CategoryCells;
import dev.tidegate.retrain.stability.FeatureReference;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a field may hold.
 *
 * @param name the field
 * @param low least number, inclusive; for a numeric field
 * @param high greatest number, inclusive; for a numeric field
 * @param known values of a categorical field; null for a numeric one
 */
public record FieldExpectation(String name, double low, double high, @Nullable Set<String> known) {
  /** Checks the range and copies. */
  public FieldExpectation {
    if (known == null && !(low <= high)) {
      throw new IllegalArgumentException(
          "the range of " + name + " is empty: " + low + " to " + high);
    }
    known = known == null ? null : Set.copyOf(known);
  }

  /** A field of which nothing is known but that it is a number: no range is held against it. */
  public static FieldExpectation anyNumber(String name) {
    return new FieldExpectation(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, null);
  }

  /** What a release's reference held; a category among its rarest counts as not known. */
  public static FieldExpectation of(FeatureReference reference) {
    CategoryCells categories = reference.categories();
    if (categories != null) {
      return categorical(reference.name(), Set.copyOf(categories.known()));
    }
    FeatureReference.Range range = reference.range();
    return range == null
        ? anyNumber(reference.name())
        : new FieldExpectation(reference.name(), range.low(), range.high(), null);
  }

  /** A numeric field that may hold what lies between its least and greatest reference value. */
  public static FieldExpectation numeric(String name, double[] reference) {
    double[] values = Arrays.stream(reference).filter(v -> !Double.isNaN(v)).toArray();
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " has no reference value to take a range of");
    }
    return new FieldExpectation(
        name,
        Arrays.stream(values).min().getAsDouble(),
        Arrays.stream(values).max().getAsDouble(),
        null);
  }

  /** A categorical field that may hold the values of the reference. */
  public static FieldExpectation categorical(String name, Set<String> known) {
    return new FieldExpectation(name, Double.NaN, Double.NaN, known);
  }
}
