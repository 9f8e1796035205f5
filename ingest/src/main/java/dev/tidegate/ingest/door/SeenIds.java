package dev.tidegate.ingest.door;

import org.jspecify.annotations.Nullable;

/**
 * Ids that were read, each with a hash of its content: 24 bytes an entry in open addressing, filled
 * to three quarters at most, so 32 to 64 bytes an id. Two ids are mistaken for one with probability
 * n^2 / 2^129, a changed content for the same with 2^-64. When one generation is full the oldest is
 * forgotten, so at least the newest {@code capacity} ids are known. O(1) a call. Not thread safe.
 */
final class SeenIds {
  /** What is known about an id. */
  enum Answer {
    /** It was not seen. */
    FRESH,
    /** It was seen with the same content. */
    SAME,
    /** It was seen with other content. */
    OTHER
  }

  private static final int FIRST_SLOTS = 1 << 12;

  private final long capacity;
  private Table young = new Table();
  private @Nullable Table old;

  SeenIds(long capacity) {
    this.capacity = Math.max(1, Math.min(capacity, 60_000_000L));
  }

  /** Looks an id up and remembers it if it is fresh. */
  Answer see(long high, long low, long content) {
    Answer known = old == null ? Answer.FRESH : old.find(high, low, content);
    if (known != Answer.FRESH) {
      return known;
    }
    Answer answer = young.findOrAdd(high, low, content);
    if (young.size >= capacity) {
      old = young;
      young = new Table();
    }
    return answer;
  }

  /** Open addressing with linear probing; a slot is three longs, all zero if free. */
  private static final class Table {
    private long[] slots = new long[3 * FIRST_SLOTS];
    private int mask = FIRST_SLOTS - 1;
    private int size;

    Answer find(long high, long low, long content) {
      int at = 3 * slot(high, low);
      return slots[at] == 0 && slots[at + 1] == 0 ? Answer.FRESH : compare(at, content);
    }

    Answer findOrAdd(long high, long low, long content) {
      int at = 3 * slot(high, low);
      if (slots[at] != 0 || slots[at + 1] != 0) {
        return compare(at, content);
      }
      slots[at] = high;
      slots[at + 1] = low;
      slots[at + 2] = content;
      size++;
      if (size > (mask + 1) / 4 * 3) {
        grow();
      }
      return Answer.FRESH;
    }

    private Answer compare(int at, long content) {
      return slots[at + 2] == content ? Answer.SAME : Answer.OTHER;
    }

    private int slot(long high, long low) {
      int slot = (int) high & mask;
      while (true) {
        int at = 3 * slot;
        boolean free = slots[at] == 0 && slots[at + 1] == 0;
        if (free || (slots[at] == high && slots[at + 1] == low)) {
          return slot;
        }
        slot = (slot + 1) & mask;
      }
    }

    private void grow() {
      long[] before = slots;
      int count = (mask + 1) * 2;
      slots = new long[3 * count];
      mask = count - 1;
      for (int i = 0; i < before.length; i += 3) {
        if (before[i] != 0 || before[i + 1] != 0) {
          System.arraycopy(before, i, slots, 3 * slot(before[i], before[i + 1]), 3);
        }
      }
    }
  }
}
