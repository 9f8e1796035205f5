package dev.tidegate.features.history;

import java.util.Arrays;

/**
 * Rows in the order of time, each with running sums and with plain values. A row is one event or
 * one tile. Because a sum over any stretch is the difference of two running sums, a window costs
 * two binary searches whatever its length; because sums are integers, they do not drift, and
 * overflow of a running sum does no harm while the stretch itself fits.
 *
 * <p>Appending costs amortised O(columns), inserting in the middle O(rows x columns). Rows are
 * numbered by their place in the arrays: numbers hold until the next append, insert or drop.
 */
final class Rows {
  private static final int ROOM = 8;

  private final long[][] sums;
  private final long[][] values;
  private final int[] pairs;
  private final Peaks[] peaks;
  private final long[] before;
  private long[] times;
  private int start;
  private int end;

  /**
   * Empty rows.
   *
   * @param sums number of running sums
   * @param pairs which sums are the upper words of 128-bit pairs; the lower word follows
   * @param values number of plain values
   * @param firstPeak from which plain value on the maximum over a stretch is asked for
   */
  Rows(int sums, int[] pairs, int values, int firstPeak) {
    this.sums = new long[sums][ROOM];
    this.values = new long[values][ROOM];
    this.pairs = pairs;
    this.before = new long[sums];
    this.times = new long[ROOM];
    this.peaks = new Peaks[values - firstPeak];
    for (int i = 0; i < peaks.length; i++) {
      peaks[i] = new Peaks(this, firstPeak + i);
    }
  }

  int size() {
    return end - start;
  }

  /** Numbers that there is room for. */
  long cells() {
    return (1L + sums.length + values.length) * times.length;
  }

  int first() {
    return start;
  }

  int last() {
    return end - 1;
  }

  long time(int row) {
    return times[row];
  }

  long value(int column, int row) {
    return values[column][row];
  }

  void setValue(int column, int row, long value) {
    values[column][row] = value;
  }

  /** Largest of a peak column in rows (low, last]. */
  long peak(int peak, int low) {
    return peaks[peak].over(low);
  }

  /** Largest of a plain value in rows (low, high], by looking at each. */
  long peakAmong(int column, int low, int high) {
    long peak = Long.MIN_VALUE;
    for (int row = Math.max(low + 1, start); row <= high; row++) {
      peak = Math.max(peak, values[column][row]);
    }
    return peak;
  }

  /** The last row at or before a time; one before the first if there is none. */
  int atOrBefore(long timeMs) {
    int low = start;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Adds a row after all of its time or earlier and says which it is. */
  int insert(long timeMs, long[] add, long[] plain) {
    makeRoom();
    int row = end == start || timeMs >= times[end - 1] ? end : atOrBefore(timeMs) + 1;
    shiftRight(times, row);
    times[row] = timeMs;
    for (int i = 0; i < values.length; i++) {
      shiftRight(values[i], row);
      values[i][row] = plain[i];
    }
    for (int i = 0; i < sums.length; i++) {
      shiftRight(sums[i], row);
      sums[i][row] = row == start ? before[i] : sums[i][row - 1];
    }
    end++;
    addFrom(row, add);
    for (Peaks peak : peaks) {
      peak.inserted(row);
    }
    return row;
  }

  /** Makes room in empty rows for so many; the column of times to fill, plain values beside it. */
  long[] expect(int count) {
    int length = Math.max(ROOM, count + count / ROOM + 1);
    times = new long[length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new long[length];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new long[length];
    }
    return times;
  }

  /** Says that the first rows' times, plain values, peaks and running sums stand in the columns. */
  void loaded(int count) {
    end = count;
    for (Peaks peak : peaks) {
      peak.rebuild();
    }
  }

  /** A column of plain values, by row. */
  long[] values(int column) {
    return values[column];
  }

  /** A column of running sums, by row. */
  long[] sums(int series) {
    return sums[series];
  }

  /** Adds to a row's sums. */
  void addFrom(int row, long[] add) {
    for (int i = 0; i < sums.length; i++) {
      long value = add[i];
      if (value != 0) {
        long[] column = sums[i];
        for (int at = row; at < end; at++) {
          column[at] += value;
        }
      }
    }
    for (int pair : pairs) {
      carry(pair, row, add[pair + 1]);
    }
  }

  private void carry(int pair, int row, long added) {
    for (int at = row; at < end; at++) {
      if (Long.compareUnsigned(sums[pair + 1][at], added) < 0) {
        sums[pair][at]++;
      }
    }
  }

  /** Raises a row's peak values. */
  void raise(int row, int firstPeak, long[] plain) {
    for (int i = firstPeak; i < values.length; i++) {
      values[i][row] = Math.max(values[i][row], plain[i]);
      peaks[i - firstPeak].raised(row);
    }
  }

  /** One running sum over rows (low, high]. */
  long sum(int series, int low, int high) {
    return running(series, high) - running(series, low);
  }

  /** Upper word of a 128-bit sum over rows (low, high]. */
  long upperSum(int pair, int low, int high) {
    boolean borrow = Long.compareUnsigned(running(pair + 1, high), running(pair + 1, low)) < 0;
    return running(pair, high) - running(pair, low) - (borrow ? 1 : 0);
  }

  private long running(int series, int row) {
    return row < start ? before[series] : sums[series][row];
  }

  /** What a row alone adds to a sum. */
  long own(int series, int row) {
    return sum(series, row - 1, row);
  }

  /** Drops rows from the front. */
  void dropFirst(int count) {
    if (count == 0) {
      return;
    }
    int row = start + count - 1;
    for (int i = 0; i < sums.length; i++) {
      before[i] = sums[i][row];
    }
    start += count;
  }

  private void makeRoom() {
    if (end < times.length) {
      return;
    }
    int length = Math.max(ROOM, 2 * (end - start));
    times = moved(times, length);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = moved(sums[i], length);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = moved(values[i], length);
    }
    for (Peaks peak : peaks) {
      peak.moved(start);
    }
    end -= start;
    start = 0;
  }

  private long[] moved(long[] column, int length) {
    if (start == 0) {
      return Arrays.copyOf(column, length);
    }
    long[] target = new long[length];
    System.arraycopy(column, start, target, 0, end - start);
    return target;
  }

  private void shiftRight(long[] column, int row) {
    if (row < end) {
      System.arraycopy(column, row, column, row + 1, end - row);
    }
  }
}
