package dev.tidegate.features.history;

/**
 * The running sums and peaks of a ring that was read back, made column by column: what inserting
 * its events one after another would give, in loops the compiler can unroll. Not thread safe.
 */
final class ColumnSums {
  private final SeriesPlan series;
  private final int firstPeak;
  private final long[] masks = new long[EntityHistory.RING];
  private final long[] column = new long[EntityHistory.RING];
  private int masked = Measure.ALL - 1;

  ColumnSums(HistoryPlan plan) {
    series = plan.series();
    firstPeak = EntityHistory.TAGS + plan.tags().length;
  }

  /**
   * Sums up rows.
   *
   * @param rows whose plain values stand in their columns; the rest of them is filled in
   * @param times of the rows, in order
   */
  void load(Rows rows, long[] times, int count) {
    masked = Measure.ALL - 1;
    for (SeriesPlan.Place place : series.places()) {
      mask(rows, place.filter(), count);
      if (place.series().isPeak()) {
        peak(place.series(), rows, rows.values(firstPeak + place.at()), count);
        continue;
      }
      fill(place.series(), rows, times, count);
      if (place.series().isPair()) {
        runSquares(rows.sums(place.at()), rows.sums(place.at() + 1), count);
      } else {
        run(rows.sums(place.at()), count);
      }
    }
    rows.loaded(count);
  }

  /** All ones where an event passes the filter, else 0. */
  private void mask(Rows rows, int filter, int count) {
    if (filter == masked) {
      return;
    }
    masked = filter;
    long[] bits = rows.values(EntityHistory.BITS);
    for (int row = 0; row < count; row++) {
      masks[row] = filter == Measure.ALL ? -1 : -((bits[row] >>> filter) & 1);
    }
  }

  private void fill(SeriesPlan.Series what, Rows rows, long[] times, int count) {
    switch (what) {
      case COUNT -> {
        for (int row = 0; row < count; row++) {
          column[row] = 1 & masks[row];
        }
      }
      case FRAUDS -> copy(rows.values(EntityHistory.FRAUD), count);
      case COSINE -> {
        for (int row = 0; row < count; row++) {
          column[row] = Periodic.cosine(times[row]) & masks[row];
        }
      }
      case SINE -> {
        for (int row = 0; row < count; row++) {
          column[row] = Periodic.sine(times[row]) & masks[row];
        }
      }
      case OWN_SUM, OWN_SQUARES -> copy(rows.values(EntityHistory.AMOUNT), count);
      case BASE_COUNT -> {
        long[] base = rows.values(EntityHistory.BASE);
        for (int row = 0; row < count; row++) {
          column[row] = base[row] == Amount.NO_BASE ? 0 : 1 & masks[row];
        }
      }
      default -> {
        long[] base = rows.values(EntityHistory.BASE);
        for (int row = 0; row < count; row++) {
          column[row] = base[row] == Amount.NO_BASE ? 0 : base[row] & masks[row];
        }
      }
    }
  }

  private void copy(long[] from, int count) {
    for (int row = 0; row < count; row++) {
      column[row] = from[row] & masks[row];
    }
  }

  private void run(long[] into, int count) {
    long sum = 0;
    for (int row = 0; row < count; row++) {
      sum += column[row];
      into[row] = sum;
    }
  }

  private void runSquares(long[] upper, long[] lower, int count) {
    long high = 0;
    long low = 0;
    for (int row = 0; row < count; row++) {
      long value = column[row];
      long square = value * value;
      low += square;
      high += Math.multiplyHigh(value, value) + (Long.compareUnsigned(low, square) < 0 ? 1 : 0);
      upper[row] = high;
      lower[row] = low;
    }
  }

  private void peak(SeriesPlan.Series what, Rows rows, long[] into, int count) {
    boolean own = what == SeriesPlan.Series.OWN_MAX || what == SeriesPlan.Series.OWN_MIN;
    boolean largest = what == SeriesPlan.Series.OWN_MAX || what == SeriesPlan.Series.BASE_MAX;
    long[] from = rows.values(own ? EntityHistory.AMOUNT : EntityHistory.BASE);
    for (int row = 0; row < count; row++) {
      boolean counts = masks[row] != 0 && (own || from[row] != Amount.NO_BASE);
      into[row] = !counts ? SeriesPlan.NOTHING : largest ? from[row] : -from[row];
    }
  }
}
