package dev.tidegate.benchmarks.handbook;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A protocol's figures.
 *
 * @param protocol {@code s} or {@code p}
 * @param publishedPrAuc the best that is published
 * @param means of the splits, a seed each; the first seed is the figure to compare
 * @param splits every split and seed
 */
public record ProtocolFigures(
    String protocol, double publishedPrAuc, List<Means> means, List<Trial.Figure> splits) {
  /** Means of one seed's splits. */
  public record Means(long seed, double prAuc, double rocAuc, double cardPrecisionAt100) {}

  /** Of all splits and seeds. */
  static ProtocolFigures of(
      String protocol, double publishedPrAuc, List<Long> seeds, List<Trial.Figure> splits) {
    List<Means> means = new ArrayList<>();
    for (long seed : seeds) {
      List<Trial.Figure> own = splits.stream().filter(figure -> figure.seed() == seed).toList();
      means.add(
          new Means(
              seed,
              mean(own, Trial.Figure::prAuc),
              mean(own, Trial.Figure::rocAuc),
              mean(own, Trial.Figure::cardPrecisionAt100)));
    }
    return new ProtocolFigures(protocol, publishedPrAuc, means, splits);
  }

  private static double mean(List<Trial.Figure> figures, ToDoubleFunction<Trial.Figure> of) {
    return figures.stream().mapToDouble(of).average().orElseThrow();
  }
}
