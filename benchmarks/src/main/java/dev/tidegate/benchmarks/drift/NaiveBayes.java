package dev.tidegate.benchmarks.drift;

import java.util.List;

/**
 * Naive Bayes of two classes, learned a row at a time: normal densities for sizes, counts with
 * Laplace's one for codes 0 to 9.
 */
final class NaiveBayes {
  private static final int CLASSES = 2;
  private static final int CODES = 10;
  private static final double LEAST_VARIANCE = 1e-6;

  private final boolean[] nominal;
  private final double[] rows = new double[CLASSES];
  private final double[][] mean;
  private final double[][] squares;
  private final double[][][] codes;

  NaiveBayes(List<Boolean> codesAt) {
    int width = codesAt.size();
    nominal = new boolean[width];
    for (int a = 0; a < width; a++) {
      nominal[a] = codesAt.get(a);
    }
    mean = new double[CLASSES][width];
    squares = new double[CLASSES][width];
    codes = new double[CLASSES][width][CODES];
  }

  /** The likelier class of a row. */
  int predict(double[] row) {
    return logLikelihood(1, row) > logLikelihood(0, row) ? 1 : 0;
  }

  private double logLikelihood(int of, double[] row) {
    double log = Math.log((rows[of] + 1) / (rows[0] + rows[1] + CLASSES));
    for (int a = 0; a < nominal.length; a++) {
      if (nominal[a]) {
        log += Math.log((codes[of][a][(int) row[a]] + 1) / (rows[of] + CODES));
      } else if (rows[of] > 1) {
        double variance = Math.max(LEAST_VARIANCE, squares[of][a] / (rows[of] - 1));
        double distance = row[a] - mean[of][a];
        log -= 0.5 * (Math.log(2 * Math.PI * variance) + distance * distance / variance);
      }
    }
    return log;
  }

  /** Learns a row; its class is the last number. */
  void learn(double[] row) {
    int of = (int) row[nominal.length];
    rows[of]++;
    for (int a = 0; a < nominal.length; a++) {
      if (nominal[a]) {
        codes[of][a][(int) row[a]]++;
      } else {
        double distance = row[a] - mean[of][a];
        mean[of][a] += distance / rows[of];
        squares[of][a] += distance * (row[a] - mean[of][a]);
      }
    }
  }
}
