package dev.tidegate.features.history;

import java.util.Arrays;

/**
 * The maximum of one column over rows (low, last], for any low, in O(log n): a stack of the rows
 * that no later row reaches (the monotone queue of sliding-window maxima, here for all windows at
 * once). Appending costs amortised O(1); a row in the middle rebuilds the stack.
 */
final class Peaks {
  private final Rows rows;
  private final int column;
  private int[] stack = new int[8];
  private int size;

  Peaks(Rows rows, int column) {
    this.rows = rows;
    this.column = column;
  }

  /** Long.MIN_VALUE over no rows. */
  long over(int low) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (stack[middle] > low) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from == size ? Long.MIN_VALUE : rows.value(column, stack[from]);
  }

  void inserted(int row) {
    if (row == rows.last()) {
      push(row);
    } else {
      rebuild();
    }
  }

  void raised(int row) {
    inserted(row);
  }

  void moved(int rowsDropped) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (stack[i] >= rowsDropped) {
        stack[kept++] = stack[i] - rowsDropped;
      }
    }
    size = kept;
  }

  private void push(int row) {
    long value = rows.value(column, row);
    while (size > 0 && rows.value(column, stack[size - 1]) <= value) {
      size--;
    }
    grow();
    stack[size++] = row;
  }

  /** Makes the stack again from all rows, newest first: those that no later row reaches. */
  void rebuild() {
    size = 0;
    long highest = Long.MIN_VALUE;
    for (int row = rows.last(); row >= rows.first(); row--) {
      long value = rows.value(column, row);
      if (value > highest || row == rows.last()) {
        highest = value;
        grow();
        stack[size++] = row;
      }
    }
    for (int i = 0, j = size - 1; i < j; i++, j--) {
      int swap = stack[i];
      stack[i] = stack[j];
      stack[j] = swap;
    }
  }

  private void grow() {
    if (size == stack.length) {
      stack = Arrays.copyOf(stack, 2 * size);
    }
  }
}
