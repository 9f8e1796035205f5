package dev.tidegate.features.history;

/** The quantile of a window's amounts by nearest rank, among the events of the ring. */
final class Quantiles {
  private final long[] amounts = new long[EntityHistory.RING + 1];

  /** The amount at rank {@code ceil(q n)}; NaN without amounts or where it is 0. */
  double over(Measure measure, EntityHistory history, Event event, int row) {
    int size = gather(measure, history, event, row);
    if (size == 0) {
      return Double.NaN;
    }
    int rank = Math.max(1, (int) Math.ceil(measure.quantile() * size));
    long amount = select(size, rank - 1);
    return amount == 0 ? Double.NaN : amount;
  }

  private int gather(Measure measure, EntityHistory history, Event event, int row) {
    Rows ring = history.ring;
    boolean base = measure.money() == Money.BASE;
    int low = ring.atOrBefore(event.timeMs() - measure.windowMs());
    int size = 0;
    for (int at = measure.withItself() ? row : row - 1; row >= 0 && at > low; at--) {
      boolean sameMoney =
          base
              ? ring.value(EntityHistory.BASE, at) != Amount.NO_BASE
              : ring.value(EntityHistory.CURRENCY, at) == event.currency();
      if (sameMoney && history.passes(at, measure.filter())) {
        amounts[size++] = ring.value(base ? EntityHistory.BASE : EntityHistory.AMOUNT, at);
      }
    }
    return size;
  }

  /** Hoare's selection with the middle as pivot: O(size) expected. */
  private long select(int size, int rank) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      long pivot = amounts[(low + high) >>> 1];
      int left = low;
      int right = high;
      while (left <= right) {
        while (amounts[left] < pivot) {
          left++;
        }
        while (amounts[right] > pivot) {
          right--;
        }
        if (left <= right) {
          long swap = amounts[left];
          amounts[left++] = amounts[right];
          amounts[right--] = swap;
        }
      }
      if (rank <= right) {
        high = right;
      } else if (rank >= left) {
        low = left;
      } else {
        return amounts[rank];
      }
    }
    return amounts[rank];
  }
}
