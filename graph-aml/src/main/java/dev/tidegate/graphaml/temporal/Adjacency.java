package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Payments of each account, both sides, as rings in an {@link Arena}: three longs for a payment
 * out, two for one in, and what blocks have to spare. Not safe for threads.
 */
final class Adjacency {
  private static final int HEADS = 6;
  private static final int OUT_COLUMNS = 3;
  private static final int IN_COLUMNS = 2;
  private static final int MOVED = 8;
  private static final int SPARE = 8;
  private static final int SHRUNK_FROM = 4;

  private final Arena arena;
  private final Ring ring = new Ring();
  // A side: place (address and start), extent (size and capacity), value of all that ever were.
  // Both
  // extents stand together: most accounts that a search meets are only asked whether they are hubs.
  private long[] heads = new long[16 * HEADS];

  Adjacency() {
    this(Arena.PAGE_BITS);
  }

  /** With pages of two to this many longs. */
  Adjacency(int pageBits) {
    arena = new Arena(pageBits);
  }

  /** Makes room for accounts up to this one. */
  void reserve(int account) {
    int needed = (account + 1) * HEADS;
    if (needed > heads.length) {
      heads = Arrays.copyOf(heads, Growth.of(heads.length, needed));
    }
  }

  /** Sets a ring to one side of an account. */
  void open(Ring into, int account, int side, int newest) {
    long place = heads[placeAt(account, side)];
    long extent = heads[extentAt(account, side)];
    into.start = (int) place;
    into.size = (int) (extent >>> 32);
    into.capacity = (int) extent;
    into.total = heads[totalAt(account, side)];
    into.newest = newest;
    if (into.capacity > 0) {
      int block = (int) (place >>> 32);
      into.page = arena.pageOf(block);
      into.offset = arena.offset(block);
    }
  }

  /** Entries of a side that are kept, those about to leave too. */
  int size(int account, int side) {
    return (int) (heads[extentAt(account, side)] >>> 32);
  }

  /** Room for so many entries and an eighth of them. */
  private static int roomy(int entries) {
    return entries + entries / SPARE;
  }

  private static int placeAt(int account, int side) {
    return account * HEADS + 4 * side;
  }

  private static int totalAt(int account, int side) {
    return placeAt(account, side) + 1;
  }

  private static int extentAt(int account, int side) {
    return account * HEADS + 2 + side;
  }

  private static int columns(int side) {
    return side == Ring.OUT ? OUT_COLUMNS : IN_COLUMNS;
  }

  private void save(Ring from, int account, int side, int block) {
    heads[placeAt(account, side)] = ((long) block << 32) | from.start;
    heads[extentAt(account, side)] = ((long) from.size << 32) | from.capacity;
    heads[totalAt(account, side)] = from.total;
  }

  private int block(int account, int side) {
    return (int) (heads[placeAt(account, side)] >>> 32);
  }

  /**
   * Puts an entry behind all of its time or older. Constant amortised cost at the newest end; else
   * in proportion to the entries behind it.
   */
  void insert(int account, int side, int newest, long word, long value, long id) {
    open(ring, account, side, newest);
    int block = block(account, side);
    if (ring.size == ring.capacity) {
      block = resize(account, block, side, roomy(ring.size + 1));
    }
    int place = ring.olderThanOrAt(Times.age(newest, word));
    ring.size++;
    for (int i = ring.size - 1; i > place; i--) {
      move(i - 1, i, value, side);
    }
    long before = place == ring.size - 1 ? ring.total : ring.before(place);
    write(place, word, before, id, side);
    ring.total += value;
    save(ring, account, side, block);
  }

  private void move(int from, int to, long value, int side) {
    long id = side == Ring.OUT ? ring.id(from) : 0;
    write(to, ring.word(from), ring.before(from) + value, id, side);
  }

  private void write(int i, long word, long before, long id, int side) {
    int at = ring.start + i;
    at = ring.offset + (at >= ring.capacity ? at - ring.capacity : at);
    ring.page[at] = word;
    ring.page[at + ring.capacity] = before;
    if (side == Ring.OUT) {
      ring.page[at + 2 * ring.capacity] = id;
    }
  }

  /** Moves the open ring into a block of another capacity. */
  private int resize(int account, int block, int side, int capacity) {
    int columns = columns(side);
    int taken = capacity == 0 ? 0 : arena.take(2 * account + side, columns * capacity);
    if (ring.size > 0) {
      long[] to = arena.pageOf(taken);
      int first = Math.min(ring.size, ring.capacity - ring.start);
      for (int column = 0; column < columns; column++) {
        int from = ring.offset + column * ring.capacity;
        int at = arena.offset(taken) + column * capacity;
        System.arraycopy(ring.page, from + ring.start, to, at, first);
        System.arraycopy(ring.page, from, to, at + first, ring.size - first);
      }
    }
    if (ring.capacity > 0) {
      arena.give(block);
    }
    ring.start = 0;
    ring.capacity = capacity;
    if (capacity > 0) {
      ring.page = arena.pageOf(taken);
      ring.offset = arena.offset(taken);
    }
    return taken;
  }

  /** Drops entries older than an age, and what room is not needed any more. */
  void trim(int account, int side, int newest, long oldestAge) {
    open(ring, account, side, newest);
    if (ring.capacity == 0) {
      return;
    }
    int gone = 0;
    while (gone < ring.size && ring.age(gone) > oldestAge) {
      gone++;
    }
    if (gone == 0) {
      return;
    }
    ring.start += gone;
    ring.start -= ring.start >= ring.capacity ? ring.capacity : 0;
    ring.size -= gone;
    int block = block(account, side);
    if (ring.size == 0) {
      block = resize(account, block, side, 0);
    } else if (ring.capacity - ring.size > Math.max(2, ring.capacity / SHRUNK_FROM)) {
      block = resize(account, block, side, roomy(ring.size));
    }
    save(ring, account, side, block);
  }

  /** Moves a few blocks together, if there are too many gaps between blocks. */
  void settle() {
    for (int i = 0; i < MOVED; i++) {
      int block = arena.nextToMove();
      if (block == Arena.NONE) {
        return;
      }
      moveBlock(block);
    }
  }

  private void moveBlock(int block) {
    int size = arena.size(block);
    int owner = arena.owner(block);
    int moved = arena.take(owner, size);
    System.arraycopy(
        arena.pageOf(block), arena.offset(block), arena.pageOf(moved), arena.offset(moved), size);
    int at = placeAt(owner >> 1, owner & 1);
    heads[at] = ((long) moved << 32) | (int) heads[at];
    arena.give(block);
  }

  /** Whether an account has paid out a payment of this age and id. */
  boolean holds(int source, int newest, long age, long id) {
    open(ring, source, Ring.OUT, newest);
    for (int i = ring.olderThanOrAt(age) - 1; i >= 0 && ring.age(i) == age; i--) {
      if (ring.id(i) == id) {
        return true;
      }
    }
    return false;
  }

  /** Bytes of heads and blocks. */
  long bytes() {
    return Long.BYTES * (long) heads.length + arena.bytes();
  }
}
