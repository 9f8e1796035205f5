package dev.tidegate.retrain.stability;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cells of a categorical feature: one for each value that the reference knows, one for all values
 * it does not, one for none. Immutable.
 */
public final class CategoryCells {
  private final Map<String, Integer> known = new LinkedHashMap<>();

  private CategoryCells(Collection<String> values) {
    values.forEach(value -> known.putIfAbsent(value, known.size()));
  }

  /** Cells for given values. */
  public static CategoryCells of(Collection<String> values) {
    return new CategoryCells(values);
  }

  /**
   * Cells for the values that are most frequent; the rest count as not known.
   *
   * @param values of the reference, null for none
   * @param most cells for known values, at least 1
   */
  public static CategoryCells mostFrequent(Collection<@Nullable String> values, int most) {
    Map<String, Long> counts =
        values.stream()
            .filter(value -> value != null)
            .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    List<String> kept =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    return new CategoryCells(kept);
  }

  /** Cell of a value. */
  public int cell(@Nullable String value) {
    return value == null ? none() : known.getOrDefault(value, unseen());
  }

  /** Values with a cell of their own, in the order of their cells. */
  public List<String> known() {
    return List.copyOf(known.keySet());
  }

  /** The cell of values that the reference does not know. */
  public int unseen() {
    return known.size();
  }

  /** The cell of no value. */
  public int none() {
    return known.size() + 1;
  }

  /** Number of cells. */
  public int size() {
    return known.size() + 2;
  }
}
