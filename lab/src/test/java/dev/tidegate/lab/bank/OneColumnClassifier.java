package dev.tidegate.lab.bank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What one column alone can do: trained on some rows, judged by the area under the ROC curve on the
 * others. A column is tried as a category (by the target's smoothed rate) and, where every value is
 * a number or an id made of one, as a number: rising, falling, and by the target's rate in quantile
 * bins.
 */
final class OneColumnClassifier {
  private static final int BINS = 40;
  private static final double SMOOTHING = 20;

  private final ColumnTable.Column column;
  private final int rows;
  private final IntPredicate train;
  private final int[] binOf;
  private final Integer[] byNumber;

  /**
   * A classifier on one column.
   *
   * @param rows how many rows there are
   * @param train which of them are learnt from; the others judge
   */
  OneColumnClassifier(ColumnTable.Column column, int rows, IntPredicate train) {
    this.column = column;
    this.rows = rows;
    this.train = train;
    double[] numbers = numbers(column.values());
    byNumber = IntStream.range(0, numbers.length).boxed().toArray(Integer[]::new);
    Arrays.sort(byNumber, Comparator.comparingDouble(code -> numbers[code]));
    binOf = bins(numbers);
  }

  /**
   * AUC on the judging rows of each reading of the column: as a category, and where it has numbers
   * rising, falling and binned. The best of them over several banks is what the column can do; the
   * best within one bank would also count the luck of few cases.
   */
  Map<String, Double> aucs(IntPredicate target) {
    int codes = column.values().size();
    long[] seen = new long[codes];
    long[] learnt = new long[codes];
    long[] judged = new long[codes];
    long[] hits = new long[codes];
    for (int row = 0; row < rows; row++) {
      int code = column.code(row);
      int positive = target.test(row) ? 1 : 0;
      (train.test(row) ? seen : judged)[code]++;
      (train.test(row) ? learnt : hits)[code] += positive;
    }
    Map<String, Double> aucs = new LinkedHashMap<>();
    aucs.put("category", encodedAuc(seen, learnt, judged, hits));
    if (binOf.length > 0) {
      double rising = auc(Arrays.stream(byNumber).map(c -> pair(judged[c], hits[c])).toList());
      aucs.put("rising", rising);
      aucs.put("falling", 1 - rising);
      aucs.put("binned", encodedAuc(binned(seen), binned(learnt), binned(judged), binned(hits)));
    }
    return aucs;
  }

  private static long[] pair(long first, long second) {
    return new long[] {first, second};
  }

  private long[] binned(long[] counts) {
    long[] sums = new long[BINS + 1];
    for (int code = 0; code < counts.length; code++) {
      sums[binOf[code]] += counts[code];
    }
    return sums;
  }

  private static double encodedAuc(long[] seen, long[] learnt, long[] judged, long[] hits) {
    double base = (double) Arrays.stream(learnt).sum() / Arrays.stream(seen).sum();
    Map<Double, long[]> byScore = new HashMap<>();
    for (int code = 0; code < seen.length; code++) {
      double score = (learnt[code] + SMOOTHING * base) / (seen[code] + SMOOTHING);
      long[] counts = byScore.computeIfAbsent(score, unused -> new long[2]);
      counts[0] += judged[code];
      counts[1] += hits[code];
    }
    return auc(
        byScore.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList());
  }

  /** Area under the curve of groups of equal score by rising score; ties count half. */
  private static double auc(List<long[]> groups) {
    double below = 0;
    double area = 0;
    double positives = 0;
    for (long[] group : groups) {
      long negatives = group[0] - group[1];
      area += group[1] * (below + negatives / 2.0);
      below += negatives;
      positives += group[1];
    }
    return area / (positives * below);
  }

  /** The numbers behind the values (an empty one counts as -1), or none if one has no number. */
  private static double[] numbers(List<String> values) {
    double[] numbers = new double[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      String text = values.get(i);
      int start = 0;
      while (start < text.length() && start < 3 && Character.isUpperCase(text.charAt(start))) {
        start++;
      }
      try {
        numbers[i] = text.isEmpty() ? -1 : Double.parseDouble(text.substring(start));
      } catch (NumberFormatException e) {
        return new double[0];
      }
    }
    return numbers;
  }

  private int[] bins(double[] numbers) {
    if (numbers.length == 0) {
      return new int[0];
    }
    double[] sorted =
        IntStream.range(0, rows)
            .filter(train)
            .mapToDouble(r -> numbers[column.code(r)])
            .sorted()
            .toArray();
    List<Double> edges = new ArrayList<>();
    for (int i = 1; i < BINS; i++) {
      edges.add(sorted[(int) ((long) i * sorted.length / BINS)]);
    }
    double[] distinct = edges.stream().mapToDouble(Double::doubleValue).distinct().toArray();
    return Arrays.stream(numbers).mapToInt(number -> bin(distinct, number)).toArray();
  }

  private static int bin(double[] edges, double number) {
    int at = Arrays.binarySearch(edges, number);
    return at < 0 ? -at - 1 : at + 1;
  }
}
