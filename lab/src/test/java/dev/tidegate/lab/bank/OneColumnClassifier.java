package dev.tidegate.lab.bank;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The best that one column alone can do: trained on some rows, judged by the area under the ROC
 * curve on others. A column is tried as a number (rising, falling, and by the target's rate in
 * quantile bins) and as a category (by the target's smoothed rate).
 */
final class OneColumnClassifier {
  private static final int BINS = 40;
  private static final double SMOOTHING = 20;

  private final boolean[] target;
  private final int[] train;
  private final int[] test;

  OneColumnClassifier(boolean[] target, int[] train, int[] test) {
    this.target = target;
    this.train = train;
    this.test = test;
  }

  /** AUC on the test rows of the best reading of the column. */
  double bestAuc(List<String> column) {
    double best = auc(encoded(column));
    double[] numbers = numbers(column);
    if (numbers.length > 0) {
      double rising = auc(Arrays.stream(test).mapToDouble(row -> numbers[row]).toArray());
      best = Math.max(best, Math.max(rising, 1 - rising));
      best = Math.max(best, auc(encoded(binned(numbers))));
    }
    return best;
  }

  /** The numbers in a column (for an id: its digits), empty if some row has none. */
  private static double[] numbers(List<String> column) {
    double[] numbers = new double[column.size()];
    for (int i = 0; i < numbers.length; i++) {
      String text = column.get(i);
      String digits = text.matches("[A-Z]{1,3}\\d+") ? text.replaceAll("[A-Z]", "") : text;
      if (!digits.matches("-?\\d+(\\.\\d+)?")) {
        if (!digits.isEmpty()) {
          return new double[0];
        }
        digits = "-1";
      }
      numbers[i] = Double.parseDouble(digits);
    }
    return numbers;
  }

  private List<String> binned(double[] numbers) {
    double[] sorted = Arrays.stream(train).mapToDouble(row -> numbers[row]).sorted().toArray();
    double[] edges =
        IntStream.range(1, BINS)
            .mapToDouble(i -> sorted[(int) ((long) i * sorted.length / BINS)])
            .distinct()
            .toArray();
    return Arrays.stream(numbers)
        .mapToObj(
            number -> {
              int at = Arrays.binarySearch(edges, number);
              return Integer.toString(at < 0 ? -at - 1 : at + 1);
            })
        .toList();
  }

  private double[] encoded(List<String> column) {
    Map<String, double[]> seen = new HashMap<>();
    double positives = 0;
    for (int row : train) {
      double[] counts = seen.computeIfAbsent(column.get(row), unused -> new double[2]);
      counts[0]++;
      counts[1] += target[row] ? 1 : 0;
      positives += target[row] ? 1 : 0;
    }
    double base = positives / train.length;
    return Arrays.stream(test)
        .mapToDouble(
            row -> {
              double[] counts = seen.getOrDefault(column.get(row), new double[2]);
              return (counts[1] + SMOOTHING * base) / (counts[0] + SMOOTHING);
            })
        .toArray();
  }

  /** Area under the ROC curve of scores for the test rows; ties count half. */
  private double auc(double[] scores) {
    Integer[] order = IntStream.range(0, test.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double rankSum = 0;
    double positives = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      double here = 0;
      while (end < order.length && scores[order[end]] == scores[order[start]]) {
        here += target[test[order[end++]]] ? 1 : 0;
      }
      rankSum += here * (start + 1 + end) / 2.0;
      positives += here;
      start = end;
    }
    double negatives = test.length - positives;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }
}
