package dev.tidegate.benchmarks.drift;

/**
 * ADWIN2 (Bifet, Gavalda, "Learning from time-changing data with adaptive windowing", SDM 2007): a
 * window of the recent past, cut wherever its two parts differ by more than chance allows at a
 * confidence. Usual settings: five buckets a row, looked at each 32 observations. An alarm is a cut
 * whose newer part has the higher rate.
 *
 * <p>O(log n) memory and O(log n) amortised time an observation.
 */
final class Adwin implements ChangeDetector {
  private static final int BUCKETS = 5;
  private static final int ROWS = 48;
  private static final int CLOCK = 32;
  private static final int LEAST_WIDTH = 10;
  private static final int LEAST_PART = 5;

  private final double delta;
  // Row r holds buckets of 2^r observations, the oldest first.
  private final double[][] sums = new double[ROWS][BUCKETS + 1];
  private final int[] used = new int[ROWS];
  private int rows = 1;
  private long seen;
  private long width;
  private double sum;

  Adwin(double delta) {
    this.delta = delta;
  }

  @Override
  public boolean observe(boolean positive) {
    insert(positive ? 1 : 0);
    return ++seen % CLOCK == 0 && width > LEAST_WIDTH && shrink();
  }

  private void insert(double x) {
    sums[0][used[0]++] = x;
    width++;
    sum += x;
    for (int row = 0; used[row] > BUCKETS; row++) {
      sums[row + 1][used[row + 1]++] = sums[row][0] + sums[row][1];
      drop(row, 2);
      rows = Math.max(rows, row + 2);
    }
  }

  private void drop(int row, int buckets) {
    System.arraycopy(sums[row], buckets, sums[row], 0, used[row] - buckets);
    used[row] -= buckets;
  }

  private boolean shrink() {
    boolean rose = false;
    int cut = cut();
    while (cut != 0) {
      rose |= cut > 0;
      int oldest = rows - 1;
      width -= 1L << oldest;
      sum -= sums[oldest][0];
      drop(oldest, 1);
      while (rows > 1 && used[rows - 1] == 0) {
        rows--;
      }
      cut = width > LEAST_WIDTH ? cut() : 0;
    }
    return rose;
  }

  /** 1 if some newer part is higher than the older one beyond chance, -1 if lower, else 0. */
  private int cut() {
    double mean = sum / width;
    double confidence = Math.log(2 * Math.log((double) width) / delta);
    double spread = 2 * mean * (1 - mean) * confidence;
    double olderSum = 0;
    long older = 0;
    for (int row = rows - 1; row >= 0; row--) {
      for (int bucket = 0; bucket < used[row]; bucket++) {
        olderSum += sums[row][bucket];
        older += 1L << row;
        long newer = width - older;
        if (newer < LEAST_PART) {
          return 0;
        }
        if (older >= LEAST_PART) {
          double m = 1.0 / (older - LEAST_PART + 1) + 1.0 / (newer - LEAST_PART + 1);
          double difference = (sum - olderSum) / newer - olderSum / older;
          if (Math.abs(difference) > Math.sqrt(spread * m) + 2.0 / 3 * confidence * m) {
            return difference > 0 ? 1 : -1;
          }
        }
      }
    }
    return 0;
  }

  /** Observations in the window. */
  long width() {
    return width;
  }
}
