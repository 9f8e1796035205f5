package dev.tidegate.retrain.ensemble;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Logistic regression by Newton's method, with a small ridge on the slopes and none on the bias.
 * O(rows x columns^2) a step. For a handful of columns.
 */
final class LogisticFit {
  private static final int MOST_STEPS = 100;
  private static final double CLOSE = 1e-10;
  private static final double RIDGE = 1e-3;

  private final double bias;
  private final double[] slopes;

  private LogisticFit(double bias, double[] slopes) {
    this.bias = bias;
    this.slopes = slopes;
  }

  double bias() {
    return bias;
  }

  double[] slopes() {
    return slopes.clone();
  }

  /**
   * Fits with slopes that are not negative: a column whose slope would be is left out, the worst
   * first, and the rest is fitted again. A model that speaks against itself is no opinion.
   *
   * @param columns values of each column by row
   * @param targets what each row is to come to, in [0, 1]
   */
  static LogisticFit of(double[][] columns, double[] targets) {
    boolean[] used = new boolean[columns.length];
    Arrays.fill(used, true);
    while (true) {
      LogisticFit fit = newton(columns, targets, used);
      int worst = -1;
      for (int i = 0; i < fit.slopes.length; i++) {
        if (fit.slopes[i] < 0 && (worst < 0 || fit.slopes[i] < fit.slopes[worst])) {
          worst = i;
        }
      }
      if (worst < 0) {
        return fit;
      }
      used[worst] = false;
    }
  }

  /**
   * Targets that keep a fit from certainty: (frauds + 1) / (frauds + 2) for fraud and 1 / (others +
   * 2) for the rest (Platt 1999).
   */
  static double[] targets(int rows, BitSet frauds) {
    double positives = frauds.get(0, rows).cardinality();
    double fraud = (positives + 1) / (positives + 2);
    double other = 1 / (rows - positives + 2);
    double[] targets = new double[rows];
    for (int i = 0; i < rows; i++) {
      targets[i] = frauds.get(i) ? fraud : other;
    }
    return targets;
  }

  private static LogisticFit newton(double[][] columns, double[] targets, boolean[] used) {
    int size = columns.length + 1;
    double mean = Arrays.stream(targets).average().orElse(0.5);
    double[] beta = new double[size];
    beta[0] = Math.log(mean / (1 - mean));
    double loss = loss(columns, targets, beta);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] move = direction(columns, targets, beta, used);
      double share = 1;
      double[] next = moved(beta, move, share);
      double nextLoss = loss(columns, targets, next);
      while (!(nextLoss <= loss) && share > 1e-6) {
        share /= 2;
        next = moved(beta, move, share);
        nextLoss = loss(columns, targets, next);
      }
      if (!(loss - nextLoss > CLOSE)) {
        break;
      }
      beta = next;
      loss = nextLoss;
    }
    return new LogisticFit(beta[0], Arrays.copyOfRange(beta, 1, size));
  }

  private static double[] moved(double[] beta, double[] move, double share) {
    double[] next = beta.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] += share * move[i];
    }
    return next;
  }

  private static double margin(double[][] columns, double[] beta, int row) {
    double margin = beta[0];
    for (int i = 0; i < columns.length; i++) {
      margin += beta[i + 1] * columns[i][row];
    }
    return margin;
  }

  private static double loss(double[][] columns, double[] targets, double[] beta) {
    double loss = 0;
    for (int row = 0; row < targets.length; row++) {
      double margin = margin(columns, beta, row);
      loss += Math.max(margin, 0) - margin * targets[row] + Math.log1p(Math.exp(-Math.abs(margin)));
    }
    for (int i = 1; i < beta.length; i++) {
      loss += RIDGE / 2 * beta[i] * beta[i];
    }
    return loss;
  }

  /** Newton's step: the inverse second derivatives times the first ones. */
  private static double[] direction(
      double[][] columns, double[] targets, double[] beta, boolean[] used) {
    int size = beta.length;
    double[][] system = new double[size][size + 1];
    for (int row = 0; row < targets.length; row++) {
      double p = 1 / (1 + Math.exp(-margin(columns, beta, row)));
      double weight = p * (1 - p);
      for (int i = 0; i < size; i++) {
        double x = i == 0 ? 1 : columns[i - 1][row];
        system[i][size] += (targets[row] - p) * x;
        for (int j = 0; j < size; j++) {
          system[i][j] += weight * x * (j == 0 ? 1 : columns[j - 1][row]);
        }
      }
    }
    for (int i = 1; i < size; i++) {
      system[i][i] += RIDGE;
      system[i][size] -= RIDGE * beta[i];
    }
    for (int i = 1; i < size; i++) {
      if (!used[i - 1]) {
        leaveOut(system, i);
      }
    }
    return solved(system);
  }

  private static void leaveOut(double[][] system, int column) {
    for (int j = 0; j < system.length; j++) {
      system[column][j] = 0;
      system[j][column] = 0;
    }
    system[column][column] = 1;
    system[column][system.length] = 0;
  }

  /** Gauss and Jordan with the largest pivot. */
  private static double[] solved(double[][] system) {
    int size = system.length;
    for (int pivot = 0; pivot < size; pivot++) {
      int largest = pivot;
      for (int i = pivot + 1; i < size; i++) {
        if (Math.abs(system[i][pivot]) > Math.abs(system[largest][pivot])) {
          largest = i;
        }
      }
      double[] moved = system[pivot];
      system[pivot] = system[largest];
      system[largest] = moved;
      for (int i = 0; i < size; i++) {
        double share = i == pivot ? 0 : system[i][pivot] / system[pivot][pivot];
        for (int j = pivot; share != 0 && j <= size; j++) {
          system[i][j] -= share * system[pivot][j];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = system[i][size] / system[i][i];
    }
    return solution;
  }
}
