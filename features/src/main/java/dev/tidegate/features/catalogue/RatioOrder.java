package dev.tidegate.features.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Orders ratios so that each comes after those it is made of. Quadratic in their number. */
final class RatioOrder {
  private RatioOrder() {}

  /**
   * The ratios in an order in which each finds its parts done; those that stand in a circle, or are
   * made of one that does, are left out.
   *
   * @param isRatio whether a name is one of these ratios
   */
  static List<Feature.Ratio> of(List<Feature.Ratio> ratios, Predicate<String> isRatio) {
    List<Feature.Ratio> ordered = new ArrayList<>();
    List<Feature.Ratio> waiting = new ArrayList<>(ratios);
    Set<String> done = new HashSet<>();
    Predicate<String> isReady = name -> done.contains(name) || !isRatio.test(name);
    boolean moved = true;
    while (moved) {
      List<Feature.Ratio> ready =
          waiting.stream()
              .filter(r -> isReady.test(r.numerator()) && isReady.test(r.denominator()))
              .toList();
      ready.forEach(ratio -> done.add(ratio.name()));
      ordered.addAll(ready);
      moved = waiting.removeAll(ready);
    }
    return ordered;
  }
}
