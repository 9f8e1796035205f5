package dev.tidegate.features.history;

import java.util.Arrays;

/**
 * Takes an entity's last events out of its ring, see {@link Recent}. Costs O(rows x columns),
 * whatever the entity's history. Not thread safe: it works in an array of its own.
 */
final class RecentRows {
  private static final double MS = 1000;
  private static final double HOUR_MS = 3_600_000;
  private static final long DAY_MS = 86_400_000L;
  private static final int THURSDAY = 3; // weekday of 1970-01-01, counted from Monday = 0

  private final HistoryPlan plan;
  private final int length;
  private final Recent.Column[] columns;
  private final float[] values;
  private int size;

  RecentRows(HistoryPlan plan) {
    Recent wanted = plan.layout().recent();
    this.plan = plan;
    this.length = wanted.length();
    this.columns = wanted.columns().toArray(Recent.Column[]::new);
    this.values = new float[length * columns.length];
  }

  /** What was taken last: rows one after the other, the newest last. */
  float[] values() {
    return Arrays.copyOf(values, size);
  }

  /**
   * Takes the events up to one of them.
   *
   * @param row the event's row; where it has none, it stands alone
   * @return whether earlier events are missing because they are among the tiles or were let go
   */
  boolean take(EntityHistory history, Event event, int row) {
    if (row == EntityHistory.NOWHERE) {
      EntityHistory alone = new EntityHistory(plan);
      take(alone, event, alone.insert(event));
      return true;
    }
    Rows ring = history.ring;
    long fromMs = event.timeMs() - Recent.REACH_MS;
    int oldest = Math.max(row - length + 1, ring.first());
    if (ring.time(oldest) <= fromMs) {
      oldest = ring.atOrBefore(fromMs) + 1;
    }
    size = (row - oldest + 1) * columns.length;
    for (int column = 0; column < columns.length; column++) {
      fill(column, history.ring, event, oldest);
    }
    boolean mayBeShort =
        history.reachesTiles(fromMs) || history.lacks(fromMs) || history.isCut(fromMs);
    return row - oldest + 1 < length && mayBeShort;
  }

  private void fill(int column, Rows ring, Event event, int oldest) {
    int row = oldest;
    for (int at = column; at < size; at += columns.length) {
      values[at] = value(columns[column], ring, row++, event);
    }
  }

  private float value(Recent.Column column, Rows ring, int row, Event event) {
    long timeMs = ring.time(row);
    return (float)
        switch (column.what()) {
          case AGE -> (event.timeMs() - timeMs) / MS;
          case AMOUNT ->
              ring.value(EntityHistory.CURRENCY, row) == event.currency()
                  ? ring.value(EntityHistory.AMOUNT, row)
                  : Double.NaN;
          case BASE_AMOUNT -> base(ring.value(EntityHistory.BASE, row));
          case HOUR_OF_DAY -> Math.floorMod(timeMs, DAY_MS) / HOUR_MS;
          case DAY_OF_WEEK -> Math.floorMod(Math.floorDiv(timeMs, DAY_MS) + THURSDAY, 7L) + 1;
          case SAME -> same(ring, row, event, column.tag());
        };
  }

  private static double base(long minor) {
    return minor == Amount.NO_BASE ? Double.NaN : minor;
  }

  private double same(Rows ring, int row, Event event, int tag) {
    long own = event.tag(tag);
    long other = ring.value(EntityHistory.TAGS + plan.columnOf(tag), row);
    if (own == Event.NO_VALUE || other == Event.NO_VALUE) {
      return Double.NaN;
    }
    return own == other ? 1 : 0;
  }
}
