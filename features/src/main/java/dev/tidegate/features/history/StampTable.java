package dev.tidegate.features.history;

/**
 * A set of longs for a history's values, emptied in O(1): a slot counts only while it carries the
 * present stamp. Holds up to {@value #LIMIT} values, and no more than it was emptied for. Not
 * thread safe.
 */
final class StampTable {
  static final int LIMIT = 1024;
  private static final int SLOTS = 4 * LIMIT;

  /** 2^64 over the golden ratio: spreads keys that differ in a few bits only. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long[] keys = new long[SLOTS];
  private final int[] indexes = new int[SLOTS];
  private final int[] stamps = new int[SLOTS];
  private int stamp;
  private int size;
  private int mask = SLOTS - 1;

  /** Empties it, for so many values: few of them stay in few cache lines. */
  void clear(int values) {
    stamp++;
    size = 0;
    mask = Math.min(SLOTS, 4 * Integer.highestOneBit(Math.max(4, values))) - 1;
  }

  int size() {
    return size;
  }

  /** The value's index in the order of first sight; its complement if it is new, then kept. */
  int put(long key) {
    int slot = (int) ((key * GOLDEN) >>> 40) & mask;
    while (stamps[slot] == stamp) {
      if (keys[slot] == key) {
        return indexes[slot];
      }
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    stamps[slot] = stamp;
    indexes[slot] = size;
    return ~size++;
  }
}
