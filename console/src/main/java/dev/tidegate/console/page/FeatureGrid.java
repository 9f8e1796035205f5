package dev.tidegate.console.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A feature vector sorted for reading: names of the form {@code <entity>_<feature>_<window>} become
 * one table an entity, features down and windows across; what an entity has without a window stands
 * in a last column. Costs one pass over the vector and a sort of its rows.
 *
 * @param payment features of the payment alone, in the order of the vector
 * @param entities entities of which at least one value is known, in the order of the vector
 * @param ratios features of the form {@code <feature>_per_<feature>}, in the order of the vector
 * @param silent entities without any value, in the order of the vector
 */
record FeatureGrid(
    List<Feature> payment, List<Entity> entities, List<Feature> ratios, List<String> silent) {
  /**
   * One value.
   *
   * @param name whole name in the vector
   * @param value NaN where there is none
   */
  public record Feature(String name, float value) {}

  /**
   * Length of a window.
   *
   * @param minutes {@code Long.MAX_VALUE} for all time
   * @param name for example {@code 7d}; empty for all time
   */
  public record Window(long minutes, String name) implements Comparable<Window> {
    /** No window. */
    public static final Window EVER = new Window(Long.MAX_VALUE, "");

    @Override
    public int compareTo(Window other) {
      return Comparator.comparingLong(Window::minutes)
          .thenComparing(Window::name)
          .compare(this, other);
    }
  }

  /**
   * One entity's features.
   *
   * @param name for example {@code account}
   * @param windows columns, shortest first
   * @param rows by what they measure, then in the order of the vector
   */
  public record Entity(String name, List<Window> windows, List<Row> rows) {}

  /**
   * One feature over its windows.
   *
   * @param feature name without entity and window, for example {@code mean}
   * @param cells by window; one that the vector lacks is absent
   */
  public record Row(String feature, Map<Window, Feature> cells) {
    private boolean hasValue() {
      return cells.values().stream().anyMatch(cell -> Float.isFinite(cell.value()));
    }
  }

  /**
   * Sorts a vector.
   *
   * @param names names of the features
   * @param values their values in the same order; NaN where there is none. Names and values beyond
   *     the shorter of the lists are left out
   */
  public static FeatureGrid of(List<String> names, List<Float> values) {
    Map<String, Map<String, Row>> entities = new LinkedHashMap<>();
    List<Feature> payment = new ArrayList<>();
    List<Feature> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      Feature feature = new Feature(names.get(i), values.get(i));
      List<Feature> others = FeatureName.isRatio(feature.name()) ? ratios : payment;
      FeatureName.of(feature.name())
          .ifPresentOrElse(
              name -> row(name, entities).put(name.window(), feature), () -> others.add(feature));
    }
    List<Entity> known = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    entities.forEach(
        (name, rows) -> {
          if (rows.values().stream().anyMatch(Row::hasValue)) {
            known.add(entity(name, rows));
          } else {
            silent.add(name);
          }
        });
    return new FeatureGrid(payment, known, ratios, silent);
  }

  /** Whether there is nothing to show. */
  public boolean isEmpty() {
    return payment.isEmpty() && entities.isEmpty() && ratios.isEmpty() && silent.isEmpty();
  }

  private static Map<Window, Feature> row(
      FeatureName name, Map<String, Map<String, Row>> entities) {
    return entities
        .computeIfAbsent(name.entity(), entity -> new LinkedHashMap<>())
        .computeIfAbsent(name.feature(), feature -> new Row(feature, new TreeMap<>()))
        .cells();
  }

  private static Entity entity(String name, Map<String, Row> byFeature) {
    List<Window> windows =
        byFeature.values().stream()
            .flatMap(row -> row.cells().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<Row> rows = new ArrayList<>(byFeature.values());
    rows.sort(Comparator.comparing(row -> FeatureMeasure.of(row.feature())));
    return new Entity(name, windows, List.copyOf(rows));
  }
}
