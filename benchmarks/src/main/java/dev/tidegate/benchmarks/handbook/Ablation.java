package dev.tidegate.benchmarks.handbook;

import dev.tidegate.features.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each family of features is worth on protocol S, average precision over the seeds.
 *
 * @param all every feature
 * @param families a family each
 */
public record Ablation(Spread all, List<Row> families) {
  /**
   * A family.
   *
   * @param family its name
   * @param meaning its features in words
   * @param features how many
   * @param without every feature but these
   * @param drop mean of all less mean without
   * @param alone these and the payment's own features
   */
  public record Row(
      String family, String meaning, int features, Spread without, double drop, Spread alone) {}

  /**
   * Trains with and without each family that the catalogue has.
   *
   * @param all the trials of every feature, a seed each
   */
  static Ablation of(Catalogue catalogue, List<Long> seeds, List<Trial.Figure> all, Trials trials)
      throws Exception {
    Map<Family, Integer> sizes = new LinkedHashMap<>();
    catalogue.features().forEach(feature -> sizes.merge(Family.of(feature), 1, Integer::sum));
    List<Trial> asked = new ArrayList<>();
    for (Family family : families(sizes)) {
      asked.addAll(trials(Columns.without(family, catalogue), seeds));
      asked.addAll(trials(Columns.alone(family, catalogue), seeds));
    }
    List<Trial.Figure> figures = trials.run("ablation", asked);
    Spread whole = Spread.ofPrAuc(all);
    List<Row> rows = new ArrayList<>();
    for (Family family : families(sizes)) {
      int from = 2 * seeds.size() * rows.size();
      Spread without = Spread.ofPrAuc(figures.subList(from, from + seeds.size()));
      Spread alone = Spread.ofPrAuc(figures.subList(from + seeds.size(), from + 2 * seeds.size()));
      rows.add(
          new Row(
              family.words(),
              family.meaning(),
              sizes.getOrDefault(family, 0),
              without,
              whole.mean() - without.mean(),
              alone));
    }
    return new Ablation(whole, rows);
  }

  private static List<Family> families(Map<Family, Integer> sizes) {
    return sizes.keySet().stream().sorted().toList();
  }

  /** The trials of protocol S, a seed each. */
  static List<Trial> trials(Columns columns, List<Long> seeds) {
    return seeds.stream().map(seed -> new Trial(Split.protocolS(), columns, seed)).toList();
  }
}
