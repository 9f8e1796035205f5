package dev.tidegate.graphaml.temporal;

/**
 * A look at the payments of one side of one account, oldest first, equal times in the order in
 * which they came. An entry is a word (32 bits of time, two flags, the peer), the value of all
 * entries before it, and on the side of payments out the payment's id. Valid until the next change
 * of that account.
 */
final class Ring {
  /** The account's payments to others. */
  static final int OUT = 0;

  /** Payments of others to the account. */
  static final int IN = 1;

  /** Most accounts. */
  static final int PEER_MASK = (1 << 30) - 1;

  private static final long ROUND_FLAG = 1L << 30;
  private static final long UNDER_FLAG = 1L << 31;

  long[] page = new long[0];
  int offset;
  int start;
  int size;
  int capacity;
  long total;
  int newest;

  /** An entry's word. */
  static long wordOf(long timeMs, int peer, boolean round, boolean under) {
    return (timeMs << 32) | (under ? UNDER_FLAG : 0) | (round ? ROUND_FLAG : 0) | peer;
  }

  static int peer(long word) {
    return (int) word & PEER_MASK;
  }

  static boolean round(long word) {
    return (word & ROUND_FLAG) != 0;
  }

  static boolean under(long word) {
    return (word & UNDER_FLAG) != 0;
  }

  private int at(int i) {
    int at = start + i;
    return at >= capacity ? at - capacity : at;
  }

  long word(int i) {
    return page[offset + at(i)];
  }

  /** Milliseconds that an entry stands behind the newest payment of the graph. */
  long age(int i) {
    return Times.age(newest, word(i));
  }

  /** Value of all entries before the i-th; of all for {@code size}. Wraps around. */
  long before(int i) {
    return i == size ? total : page[offset + capacity + at(i)];
  }

  long value(int i) {
    return before(i + 1) - before(i);
  }

  /** The payment's id; of the side {@link #OUT} alone. */
  long id(int i) {
    return page[offset + 2 * capacity + at(i)];
  }

  /** How many entries, from the oldest on, are of this age or older. Logarithmic. */
  int olderThanOrAt(long age) {
    if (size == 0 || age(size - 1) >= age) {
      return size;
    }
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (age(middle) >= age) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
