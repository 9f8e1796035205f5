package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Blocks of longs in pages that are written front to back, as in a log-structured memory (Rumble,
 * Kejriwal and Ousterhout, 2014). Blocks given back leave gaps; {@link #nextToMove} names blocks to
 * move out of a page, once more than a tenth of the memory is gaps. Blocks larger than a quarter of
 * a page have a page of their own, which goes with them. Not safe for threads.
 */
final class Arena {
  /** No block, no page. */
  static final int NONE = -1;

  /** Half a MiB a page. */
  static final int PAGE_BITS = 16;

  private static final int LOOKED_AT = 64;
  private static final int FREE_KEPT = 2;
  private static final int GAPS = 10;
  private static final long DEAD = 1L << 31;

  private final int pageBits;
  private final int pageLongs;
  private final int mask;

  // Before each block stands a word: whose it is, whether it was given back, its length.
  private long[][] pages = new long[16][];
  private int[] written = new int[16];
  private int[] living = new int[16];
  private int pageCount;
  private int[] freePages = new int[16];
  private int freeCount;
  private int open = NONE;
  private int hand;
  private int emptied = NONE;
  private int emptiedAt;
  private long totalLongs;
  private long livingLongs;

  /** An empty arena with pages of two to this many longs. */
  Arena(int pageBits) {
    this.pageBits = pageBits;
    pageLongs = 1 << pageBits;
    mask = pageLongs - 1;
  }

  /** Address of a block of so many longs for an owner; its content is not cleared. */
  int take(int owner, int size) {
    int length = size + 1;
    int page = open;
    if (length > pageLongs / 4) {
      page = page(length);
    } else if (page == NONE || written[page] + length > pageLongs) {
      if (page != NONE && living[page] == 0) {
        free(page);
      }
      page = page(pageLongs);
      open = page;
    }
    int at = written[page];
    pages[page][at] = ((long) owner << 32) | size;
    written[page] = at + length;
    living[page] += length;
    livingLongs += length;
    return (page << pageBits) | at;
  }

  /** Gives a block back. */
  void give(int block) {
    int page = block >>> pageBits;
    long word = pages[page][block & mask];
    int length = size(word) + 1;
    pages[page][block & mask] = word | DEAD;
    living[page] -= length;
    livingLongs -= length;
    if (living[page] == 0 && page != open) {
      free(page);
    }
  }

  private static int size(long word) {
    return (int) (word & (DEAD - 1));
  }

  private int page(int length) {
    if (freeCount == 0) {
      if (pageCount == (1 << (Integer.SIZE - pageBits)) - 1) {
        throw new IllegalStateException("the graph's payments need more than 32 GB");
      }
      if (pageCount == pages.length) {
        pages = Arrays.copyOf(pages, 2 * pageCount);
        written = Arrays.copyOf(written, 2 * pageCount);
        living = Arrays.copyOf(living, 2 * pageCount);
      }
      pages[pageCount] = new long[0];
      freePages[freeCount++] = pageCount++;
    }
    int page = freePages[--freeCount];
    if (pages[page].length != length) {
      totalLongs += length - pages[page].length;
      pages[page] = new long[length];
    }
    return page;
  }

  private void free(int page) {
    written[page] = 0;
    emptied = page == emptied ? NONE : emptied;
    if (freeCount == freePages.length) {
      freePages = Arrays.copyOf(freePages, 2 * freeCount);
    }
    if (freeCount >= FREE_KEPT || pages[page].length != pageLongs) {
      totalLongs -= pages[page].length;
      pages[page] = new long[0];
    }
    freePages[freeCount++] = page;
  }

  /**
   * The next living block of a page that is to be emptied, once there are too many gaps; {@link
   * #NONE} if there are not, or the page has no more.
   */
  int nextToMove() {
    if (emptied == NONE) {
      emptied = emptiest();
      emptiedAt = 0;
    }
    int block = emptied == NONE ? NONE : living(emptied, emptiedAt);
    if (block == NONE) {
      emptied = NONE;
      return NONE;
    }
    emptiedAt = (block & mask) + size(block) + 1;
    return block;
  }

  private int emptiest() {
    if (totalLongs - livingLongs <= livingLongs / GAPS + (long) FREE_KEPT * pageLongs) {
      return NONE;
    }
    int emptiest = NONE;
    for (int i = 0; i < Math.min(LOOKED_AT, pageCount); i++) {
      hand = hand + 1 >= pageCount ? 0 : hand + 1;
      boolean movable = hand != open && written[hand] > 0 && pages[hand].length == pageLongs;
      if (movable && (emptiest == NONE || living[hand] < living[emptiest])) {
        emptiest = hand;
      }
    }
    return emptiest;
  }

  /** The first living block of a page at or behind a place; {@link #NONE} if there is none. */
  private int living(int page, int from) {
    int at = from;
    while (at < written[page]) {
      long word = pages[page][at];
      if ((word & DEAD) == 0) {
        return (page << pageBits) | at;
      }
      at += size(word) + 1;
    }
    return NONE;
  }

  /** Whose a block is. */
  int owner(int block) {
    return (int) (pageOf(block)[block & mask] >>> 32);
  }

  /** Longs of a block. */
  int size(int block) {
    return size(pageOf(block)[block & mask]);
  }

  /** The page of a block. */
  long[] pageOf(int block) {
    return pages[block >>> pageBits];
  }

  /** Where in its page a block's content begins. */
  int offset(int block) {
    return (block & mask) + 1;
  }

  /** Bytes of all pages. */
  long bytes() {
    return Long.BYTES * (totalLongs + pages.length) + 2L * Integer.BYTES * pages.length;
  }
}
