package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Blocks of longs in pages that are written front to back, as in a log-structured memory (Rumble,
 * Kejriwal and Ousterhout, 2014). Blocks given back leave gaps; {@link #sparse} names a page to
 * move the living blocks out of, once more than a tenth of the memory is gaps. Blocks larger than a
 * quarter of a page have a page of their own, which goes with them. Not safe for threads.
 */
final class Arena {
  /** No block, no page. */
  static final int NONE = -1;

  private static final int PAGE_BITS = 16;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MASK = PAGE - 1;
  private static final int LARGEST = PAGE / 4;
  private static final int LOOKED_AT = 64;
  private static final int FREE_KEPT = 2;
  private static final int MOST_PAGES = 1 << (Integer.SIZE - PAGE_BITS);
  private static final int GAPS = 10;
  private static final long DEAD = 1L << 31;

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
  private long totalLongs;
  private long livingLongs;

  /** Address of a block of so many longs for an owner; its content is not cleared. */
  int take(int owner, int size) {
    int length = size + 1;
    int page = open;
    if (length > LARGEST) {
      page = page(length);
    } else if (page == NONE || written[page] + length > PAGE) {
      if (page != NONE && living[page] == 0) {
        free(page);
      }
      page = page(PAGE);
      open = page;
    }
    int at = written[page];
    pages[page][at] = ((long) owner << 32) | size;
    written[page] = at + length;
    living[page] += length;
    livingLongs += length;
    return (page << PAGE_BITS) | at;
  }

  /** Gives a block back. */
  void give(int block) {
    int page = block >>> PAGE_BITS;
    long word = pages[page][block & MASK];
    int length = size(word) + 1;
    pages[page][block & MASK] = word | DEAD;
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
      if (pageCount == MOST_PAGES - 1) {
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
    if (freeCount >= FREE_KEPT || pages[page].length != PAGE) {
      totalLongs -= pages[page].length;
      pages[page] = new long[0];
    }
    freePages[freeCount++] = page;
  }

  /**
   * The page to move living blocks out of: the one named before until nothing lives there, then the
   * emptiest of the next pages if there are too many gaps; else {@link #NONE}.
   */
  int sparse() {
    if (emptied == NONE) {
      emptied = emptiest();
    }
    return emptied;
  }

  private int emptiest() {
    if (totalLongs - livingLongs <= livingLongs / GAPS + (long) FREE_KEPT * PAGE) {
      return NONE;
    }
    int emptiest = NONE;
    for (int i = 0; i < Math.min(LOOKED_AT, pageCount); i++) {
      hand = hand + 1 >= pageCount ? 0 : hand + 1;
      boolean movable = hand != open && written[hand] > 0 && pages[hand].length == PAGE;
      if (movable && (emptiest == NONE || living[hand] < living[emptiest])) {
        emptiest = hand;
      }
    }
    return emptiest;
  }

  /** The first living block of a page at or behind a place; {@link #NONE} if there is none. */
  int living(int page, int from) {
    int at = from;
    while (at < written[page]) {
      long word = pages[page][at];
      if ((word & DEAD) == 0) {
        return (page << PAGE_BITS) | at;
      }
      at += size(word) + 1;
    }
    return NONE;
  }

  /** Where the block behind this one begins in its page. */
  int behind(int block) {
    return (block & MASK) + size(block) + 1;
  }

  /** Whose a block is. */
  int owner(int block) {
    return (int) (pageOf(block)[block & MASK] >>> 32);
  }

  /** Longs of a block. */
  int size(int block) {
    return size(pageOf(block)[block & MASK]);
  }

  /** The page of a block. */
  long[] pageOf(int block) {
    return pages[block >>> PAGE_BITS];
  }

  /** Where in its page a block's content begins. */
  static int offset(int block) {
    return (block & MASK) + 1;
  }

  /** Bytes of all pages. */
  long bytes() {
    return Long.BYTES * (totalLongs + pages.length) + 2L * Integer.BYTES * pages.length;
  }
}
