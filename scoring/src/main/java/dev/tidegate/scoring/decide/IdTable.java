package dev.tidegate.scoring.decide;

/**
 * A set of 128-bit ids: open addressing with linear probing (Knuth, The Art of Computer Programming
 * 3, 6.4, algorithm L) over one array of longs, at most two thirds full, so 24 to 48 bytes an id.
 * Adding and finding cost O(1) expected; the ids are hashes already and need no other. Growing
 * doubles the array and costs O(size) once. Not thread safe.
 */
final class IdTable {
  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 1 << 29;

  private long[] slots = new long[2 * SMALLEST];
  private int size;

  int size() {
    return size;
  }

  boolean contains(EventId id) {
    return slots[slot(id.high(), low(id))] != 0 || slots[slot(id.high(), low(id)) + 1] != 0;
  }

  /** Adds an id; false if it was there. */
  boolean add(EventId id) {
    int slot = slot(id.high(), low(id));
    if (slots[slot] != 0 || slots[slot + 1] != 0) {
      return false;
    }
    slots[slot] = id.high();
    slots[slot + 1] = low(id);
    size++;
    if (3L * size > slots.length) {
      grow();
    }
    return true;
  }

  /**
   * Two zeros mark a free slot, so that the id of two zeros, should it occur, is stored as 0, 1.
   */
  private static long low(EventId id) {
    return id.high() == 0 && id.low() == 0 ? 1 : id.low();
  }

  /** Index of the id's slot, or of the free slot where it belongs. */
  private int slot(long high, long low) {
    int mask = slots.length - 1;
    int at = (int) (high ^ low) << 1 & mask;
    while ((slots[at] != high || slots[at + 1] != low) && (slots[at] != 0 || slots[at + 1] != 0)) {
      at = at + 2 & mask;
    }
    return at;
  }

  private void grow() {
    if (slots.length >= LARGEST) {
      throw new IllegalStateException(
          size
              + " ids are the most that fit; shorten scoring.remembered, or replay from less far back");
    }
    long[] old = slots;
    slots = new long[2 * old.length];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0 || old[i + 1] != 0) {
        int slot = slot(old[i], old[i + 1]);
        slots[slot] = old[i];
        slots[slot + 1] = old[i + 1];
      }
    }
  }
}
