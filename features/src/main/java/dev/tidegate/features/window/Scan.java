package dev.tidegate.features.window;

/** One walk back in time over a key's events, from a moment through ever longer windows. */
final class Scan {
  private final ChunkStore store;
  private final Head head;
  private final long timeMs;
  private final Tally tally = new Tally();

  private int tail;
  private int entry;
  private int openId = -1;
  private long[] openChunk = new long[0];

  Scan(ChunkStore store, Head head, long timeMs) {
    this.store = store;
    this.head = head;
    this.timeMs = timeMs;
    this.tail = head.tail() - 1;
    this.entry = head.sealed() - 1;
  }

  /** Aggregates of ascending windows; nothing at or before the floor is seen. */
  Aggregate[] over(long[] windowsMs, long floorMs) {
    while (tail >= 0 && head.tailTime(tail) > timeMs) {
      tail--;
    }
    Aggregate[] aggregates = new Aggregate[windowsMs.length];
    long to = timeMs;
    for (int i = 0; i < windowsMs.length; i++) {
      long from = Math.max(timeMs - windowsMs[i], floorMs);
      takeTail(from);
      takeSealed(from, to);
      aggregates[i] = tally.aggregate();
      to = from;
    }
    return aggregates;
  }

  private void takeTail(long from) {
    while (tail >= 0 && head.tailTime(tail) > from) {
      tally.add(head.tailAmount(tail));
      tail--;
    }
  }

  private void takeSealed(long from, long to) {
    while (entry >= 0 && head.entry(entry, Head.ENTRY_LAST) > from) {
      boolean beginsInside = head.entry(entry, Head.ENTRY_FIRST) > from;
      if (beginsInside && head.entry(entry, Head.ENTRY_LAST) <= to) {
        tally.add(
            head.entry(entry, Head.ENTRY_COUNT),
            head.entry(entry, Head.ENTRY_SUM_HIGH),
            head.entry(entry, Head.ENTRY_SUM_LOW),
            head.entry(entry, Head.ENTRY_MAX));
      } else if (head.entry(entry, Head.ENTRY_FIRST) <= to) {
        takeChunk((int) head.entry(entry, Head.ENTRY_ID), from, to);
      }
      if (!beginsInside) {
        return;
      }
      entry--;
    }
  }

  private void takeChunk(int id, long from, long to) {
    if (id != openId) {
      openChunk = store.chunk(id);
      openId = id;
    }
    for (int at = 0; at < openChunk.length && openChunk[at] <= to; at += Head.EVENT) {
      if (openChunk[at] > from) {
        tally.add(openChunk[at + Head.AMOUNT]);
      }
    }
  }
}
