package dev.tidegate.features.history;

/**
 * A set of longs for a history's values, emptied in O(1): a slot counts only while it carries the
 * present stamp. Holds up to {@value #LIMIT} values. Not thread safe.
 */
final class StampTable {
  static final int LIMIT = 1024;
  private static final int SLOTS = 4 * LIMIT;

  private final long[] keys = new long[SLOTS];
  private final int[] indexes = new int[SLOTS];
  private final int[] stamps = new int[SLOTS];
  private int stamp;
  private int size;

  void clear() {
    stamp++;
    size = 0;
  }

  int size() {
    return size;
  }

  /** The value's index in the order of first sight; its complement if it is new, then kept. */
  int put(long key) {
    int slot = (int) (key ^ (key >>> 32)) & (SLOTS - 1);
    while (stamps[slot] == stamp) {
      if (keys[slot] == key) {
        return indexes[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    keys[slot] = key;
    stamps[slot] = stamp;
    indexes[slot] = size;
    return ~size++;
  }
}
