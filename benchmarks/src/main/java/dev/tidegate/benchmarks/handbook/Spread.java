package dev.tidegate.benchmarks.handbook;

import java.util.List;

/**
 * A figure over seeds.
 *
 * @param mean over the seeds
 * @param least of the seeds
 * @param most of the seeds
 */
public record Spread(double mean, double least, double most) {
  /** Of at least one figure. */
  static Spread of(List<Double> figures) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double figure : figures) {
      sum += figure;
      least = Math.min(least, figure);
      most = Math.max(most, figure);
    }
    return new Spread(sum / figures.size(), least, most);
  }

  /** Average precision of some trials. */
  static Spread ofPrAuc(List<Trial.Figure> figures) {
    return of(figures.stream().map(Trial.Figure::prAuc).toList());
  }
}
