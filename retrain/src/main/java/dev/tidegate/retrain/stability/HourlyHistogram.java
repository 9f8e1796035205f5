package dev.tidegate.retrain.stability;

import java.util.BitSet;
import java.util.List;

/**
 * Rows of a reference counted by cell, each hour of the week apart: nights are not compared with
 * noon. Mutable while it is filled; not thread safe.
 */
public final class HourlyHistogram {
  private static final int HOURS_A_DAY = 24;

  private final long[][] byHour;
  private final long[] all;
  private final long[] rows = new long[HourOfWeek.HOURS];

  /** A histogram of so many cells, at least 2. */
  public HourlyHistogram(int cells) {
    if (cells < 2) {
      throw new IllegalArgumentException("a histogram needs at least 2 cells, not " + cells);
    }
    byHour = new long[HourOfWeek.HOURS][cells];
    all = new long[cells];
  }

  /** Counts rows. */
  public void add(long timeMs, int cell) {
    int hour = HourOfWeek.of(timeMs);
    byHour[hour][cell]++;
    rows[hour]++;
    all[cell]++;
  }

  /** Counts rows of an hour of the week, one number a cell. */
  void add(int hourOfWeek, long[] counts) {
    for (int cell = 0; cell < counts.length; cell++) {
      byHour[hourOfWeek][cell] += counts[cell];
      rows[hourOfWeek] += counts[cell];
      all[cell] += counts[cell];
    }
  }

  /** Counts of an hour of the week, a copy. */
  long[] of(int hourOfWeek) {
    return byHour[hourOfWeek].clone();
  }

  /** Counts of all hours, a copy. */
  public long[] total() {
    return all.clone();
  }

  /**
   * The counts to compare an hour of the week with: its own; where these are fewer than {@code
   * least} rows, those of the same hour of all days; where these are too, those of all hours.
   */
  public long[] at(int hourOfWeek, long least) {
    if (rows[hourOfWeek] >= least) {
      return byHour[hourOfWeek].clone();
    }
    long[] ofDay = new long[all.length];
    long found = 0;
    for (int hour = hourOfWeek % HOURS_A_DAY; hour < HourOfWeek.HOURS; hour += HOURS_A_DAY) {
      found += rows[hour];
      for (int cell = 0; cell < ofDay.length; cell++) {
        ofDay[cell] += byHour[hour][cell];
      }
    }
    return found >= least ? ofDay : all.clone();
  }

  /**
   * The counts to compare a span of time with: those of the hours of the week that it touches, all
   * of them where it lasts a week; fewer than {@code least} rows are made up for as {@link #at}
   * does, by the same hours of all days and then by all hours.
   */
  public long[] between(long firstMs, long lastMs, long least) {
    long hours = HourOfWeek.index(lastMs) - HourOfWeek.index(firstMs) + 1;
    if (hours < 1 || hours >= HourOfWeek.HOURS) {
      return all.clone();
    }
    BitSet own = new BitSet();
    BitSet ofDays = new BitSet();
    for (long hour = 0; hour < hours; hour++) {
      int at = HourOfWeek.of(firstMs + hour * HourOfWeek.HOUR_MS);
      own.set(at);
      for (int same = at % HOURS_A_DAY; same < HourOfWeek.HOURS; same += HOURS_A_DAY) {
        ofDays.set(same);
      }
    }
    for (BitSet wanted : List.of(own, ofDays)) {
      if (wanted.stream().mapToLong(hour -> rows[hour]).sum() >= least) {
        return sum(wanted);
      }
    }
    return all.clone();
  }

  private long[] sum(BitSet hours) {
    long[] sum = new long[all.length];
    hours.stream()
        .forEach(
            hour -> {
              for (int cell = 0; cell < sum.length; cell++) {
                sum[cell] += byHour[hour][cell];
              }
            });
    return sum;
  }

  /** Number of cells. */
  public int cells() {
    return all.length;
  }
}
