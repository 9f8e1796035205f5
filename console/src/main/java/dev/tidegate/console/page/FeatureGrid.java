package dev.tidegate.console.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A feature vector sorted for reading: names of the form {@code <entity>_<aggregate>_<window>}
 * become one table an entity, windows down and aggregates across; all others stay a list. Costs one
 * pass over the vector.
 *
 * @param tables windowed features by entity, in the order of the vector
 * @param others features without a window, in the order of the vector
 */
public record FeatureGrid(List<Table> tables, Map<String, Float> others) {
  private static final Pattern WINDOWED = Pattern.compile("([a-z0-9]+)_([a-z0-9_]+)_(\\d+)([mhd])");

  /**
   * One entity's features.
   *
   * @param entity for example {@code account}
   * @param aggregates columns, for example {@code count}
   * @param windows rows, shortest first
   */
  public record Table(String entity, List<String> aggregates, List<Window> windows) {}

  /**
   * One row.
   *
   * @param name for example {@code 7d}
   * @param minutes length in minutes
   * @param values by aggregate; one that the vector lacks is absent
   */
  public record Window(String name, long minutes, Map<String, Float> values) {}

  /**
   * Sorts a vector.
   *
   * @param names names of the features
   * @param values their values in the same order; NaN where there is none. Names and values beyond
   *     the shorter of the lists are left out
   */
  public static FeatureGrid of(List<String> names, List<Float> values) {
    Map<String, Map<String, Window>> entities = new LinkedHashMap<>();
    Map<String, Float> others = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      Matcher name = WINDOWED.matcher(names.get(i));
      if (name.matches()) {
        String window = name.group(3) + name.group(4);
        entities
            .computeIfAbsent(name.group(1), entity -> new LinkedHashMap<>())
            .computeIfAbsent(window, key -> new Window(key, minutes(name), new LinkedHashMap<>()))
            .values()
            .put(name.group(2), values.get(i));
      } else {
        others.put(names.get(i), values.get(i));
      }
    }
    List<Table> tables = new ArrayList<>();
    entities.forEach((entity, windows) -> tables.add(table(entity, windows)));
    return new FeatureGrid(tables, others);
  }

  private static Table table(String entity, Map<String, Window> windows) {
    Set<Window> rows = new TreeSet<>(Comparator.comparingLong(Window::minutes));
    rows.addAll(windows.values());
    Set<String> aggregates = new LinkedHashSet<>();
    rows.forEach(row -> aggregates.addAll(row.values().keySet()));
    return new Table(entity, List.copyOf(aggregates), List.copyOf(rows));
  }

  private static long minutes(Matcher name) {
    long number = name.group(3).length() > 9 ? Integer.MAX_VALUE : Long.parseLong(name.group(3));
    return switch (name.group(4)) {
      case "m" -> number;
      case "h" -> number * 60;
      default -> number * 60 * 24;
    };
  }
}
