package dev.tidegate.features.history;

/** What is known of one span's events; used again for each event. */
final class Sums {
  private static final double TWO_TO_64 = 0x1p64;
  private static final long SMALL_UPPER = 1L << 31;

  long count;
  long sum;
  long squaresUpper;
  long squaresLower;
  long cosine;
  long sine;
  long frauds;
  long max;
  long min;

  void clear() {
    count = 0;
    sum = 0;
    squaresUpper = 0;
    squaresLower = 0;
    cosine = 0;
    sine = 0;
    frauds = 0;
    max = Long.MIN_VALUE;
    min = Long.MIN_VALUE;
  }

  /** Adds the running sums of rows (low, high]. */
  void add(Rows rows, SpanSeries series, int low, int high) {
    count += sum(rows, series.count(), low, high);
    frauds += sum(rows, series.frauds(), low, high);
    cosine += sum(rows, series.cosine(), low, high);
    sine += sum(rows, series.sine(), low, high);
    sum += sum(rows, series.sum(), low, high);
    int squares = series.squares();
    if (squares != SeriesPlan.NONE) {
      addSquares(rows.upperSum(squares, low, high), rows.sum(squares + 1, low, high));
    }
  }

  private static long sum(Rows rows, int series, int low, int high) {
    return series == SeriesPlan.NONE ? 0 : rows.sum(series, low, high);
  }

  /** Raises the peaks by those of rows (low, high]; the peaks stand from a column on. */
  void raise(Rows rows, SpanSeries series, int low, int high, int firstPeak) {
    if (series.max() != SeriesPlan.NONE) {
      max = Math.max(max, peak(rows, series.max(), low, high, firstPeak));
    }
    if (series.min() != SeriesPlan.NONE) {
      min = Math.max(min, peak(rows, series.min(), low, high, firstPeak));
    }
  }

  private static long peak(Rows rows, int peak, int low, int high, int firstPeak) {
    return high == rows.last() ? rows.peak(peak, low) : rows.peakAmong(firstPeak + peak, low, high);
  }

  /** Adds one event. */
  void add(long amount) {
    count++;
    sum += amount;
    addSquares(Math.multiplyHigh(amount, amount), amount * amount);
    max = Math.max(max, amount);
    min = Math.max(min, -amount);
  }

  private void addSquares(long upper, long lower) {
    squaresLower += lower;
    squaresUpper += upper + (Long.compareUnsigned(squaresLower, lower) < 0 ? 1 : 0);
  }

  double mean() {
    return count == 0 ? Double.NaN : (double) sum / count;
  }

  double maximum() {
    return max == Long.MIN_VALUE ? Double.NaN : (double) max;
  }

  double minimum() {
    return min == Long.MIN_VALUE ? Double.NaN : (double) -min;
  }

  /**
   * Sample deviation. {@code n Q - S^2} is taken in 128-bit integers, where equal amounts give 0
   * and not noise; only where that would overflow, in doubles.
   */
  double deviation() {
    if (count < 2) {
      return Double.NaN;
    }
    double pairs = (double) count * (count - 1);
    if (squaresUpper >= SMALL_UPPER || count >= SMALL_UPPER) {
      double squares = squaresUpper * TWO_TO_64 + unsigned(squaresLower);
      return Math.sqrt(Math.max(0, (count * squares - (double) sum * sum) / pairs));
    }
    long lower = count * squaresLower;
    long upper = count * squaresUpper + upperProduct(count, squaresLower);
    long squareLower = sum * sum;
    long squareUpper = Math.multiplyHigh(sum, sum);
    long restLower = lower - squareLower;
    long restUpper = upper - squareUpper - (Long.compareUnsigned(lower, squareLower) < 0 ? 1 : 0);
    return Math.sqrt((restUpper * TWO_TO_64 + unsigned(restLower)) / pairs);
  }

  /** Upper word of a product of a positive and an unsigned word. */
  private static long upperProduct(long positive, long unsigned) {
    return Math.multiplyHigh(positive, unsigned) + (unsigned < 0 ? positive : 0);
  }

  private static double unsigned(long word) {
    return (word >>> 1) * 2.0 + (word & 1);
  }
}
