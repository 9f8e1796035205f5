package dev.tidegate.features.window;

import java.util.Arrays;

/**
 * Count, sum and maximum over several sliding windows {@code (t - w, t]} of one key's events, exact
 * for each event, with the event itself counted in.
 *
 * <p><b>How.</b> The newest events stand in the key's head; every {@value #CHUNK} of them are
 * sealed into a chunk, of which the head keeps a summary. A query walks back in time once for all
 * windows: it takes whole chunks by their summaries and opens only those that a window's edge cuts,
 * at most one an edge. The maximum cannot be subtracted, so nothing is maintained incrementally and
 * nothing drifts.
 *
 * <p><b>Cost.</b> With n retained events of a key and k windows: time O(n / {@value #CHUNK} + k *
 * {@value #CHUNK}) and at most k + 2 chunk reads an event; a key of up to {@value #CHUNK} events
 * costs one read and one write of its head. Space 24 bytes an event and 56 a chunk. An event out of
 * order costs one chunk more, which is split at twice its size. Many events of one time (a source
 * with dates only) cost a look through that time's chunks, since a repeat may hide there.
 *
 * <p><b>Order.</b> An event in order sees those before it. One out of order is inserted at its time
 * and sees only what is known at its time or earlier. An event that is known already (same time,
 * amount and id) is answered again and not counted twice. Events at or behind {@code newest -
 * retention} are forgotten: a new one of that age sees itself alone and leaves no trace.
 *
 * <p>Times in milliseconds, between -2^62 and 2^62; amounts are any long. Thread safe: the state is
 * in the {@link ChunkStore}.
 */
public final class SlidingWindows {
  /** Events a chunk is sealed at. */
  static final int CHUNK = 128;

  private final long[] windowsMs;
  private final long retentionMs;

  /**
   * Windows over one key.
   *
   * @param windowsMs lengths in milliseconds, ascending, at least one
   * @param retentionMs how long events are kept behind the newest; at least the longest window.
   *     What is more than that window is for late events, which look further back.
   * @throws IllegalArgumentException if that does not hold
   */
  public SlidingWindows(long[] windowsMs, long retentionMs) {
    long previous = 0;
    for (long window : windowsMs) {
      if (window <= previous) {
        throw new IllegalArgumentException(
            "windows must be positive and ascending: " + Arrays.toString(windowsMs));
      }
      previous = window;
    }
    if (previous == 0 || retentionMs < previous) {
      throw new IllegalArgumentException(
          "retention of " + retentionMs + " ms is below the windows");
    }
    this.windowsMs = windowsMs.clone();
    this.retentionMs = retentionMs;
  }

  /**
   * Adds an event and says what each window holds at its time.
   *
   * @param id fingerprint of the event's id
   * @return one aggregate a window, in the order of the windows
   */
  public Aggregate[] add(ChunkStore store, long timeMs, long amount, long id) {
    Head head = Head.of(store.head());
    if (!head.isEmpty() && timeMs <= head.newest() - retentionMs) {
      return alone(amount);
    }
    if (head.isEmpty() || timeMs > head.newest()) {
      head.newest(timeMs);
      append(store, head, timeMs, amount, id);
    } else if (!isKnown(store, head, timeMs, amount, id)) {
      append(store, head, timeMs, amount, id);
    }
    expire(store, head);
    store.putHead(head.words());
    return new Scan(store, head, timeMs).over(windowsMs, head.newest() - retentionMs);
  }

  private Aggregate[] alone(long amount) {
    Tally tally = new Tally();
    tally.add(amount);
    Aggregate[] aggregates = new Aggregate[windowsMs.length];
    Arrays.fill(aggregates, tally.aggregate());
    return aggregates;
  }

  private static boolean isKnown(ChunkStore store, Head head, long timeMs, long amount, long id) {
    for (int i = head.tail() - 1; i >= 0 && head.tailTime(i) >= timeMs; i--) {
      if (head.tailTime(i) == timeMs && head.tailId(i) == id && head.tailAmount(i) == amount) {
        return true;
      }
    }
    for (int i = head.sealed() - 1; i >= 0 && head.entry(i, Head.ENTRY_LAST) >= timeMs; i--) {
      if (head.entry(i, Head.ENTRY_FIRST) <= timeMs
          && holds(store.chunk((int) head.entry(i, Head.ENTRY_ID)), timeMs, amount, id)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(long[] chunk, long timeMs, long amount, long id) {
    for (int at = 0; at < chunk.length; at += Head.EVENT) {
      if (chunk[at] == timeMs && chunk[at + Head.ID] == id && chunk[at + Head.AMOUNT] == amount) {
        return true;
      }
    }
    return false;
  }

  private static void append(ChunkStore store, Head head, long timeMs, long amount, long id) {
    if (head.tail() == CHUNK) {
      int chunkId = head.takeChunkId();
      long[] chunk = head.cutTail();
      store.putChunk(chunkId, chunk);
      head.insertEntry(head.sealed(), chunkId, chunk);
    }
    int sealed = head.sealed();
    if (sealed == 0 || timeMs >= head.entry(sealed - 1, Head.ENTRY_LAST)) {
      head.insertTail(timeMs, amount, id);
    } else {
      insertSealed(store, head, timeMs, amount, id);
    }
  }

  private static void insertSealed(ChunkStore store, Head head, long timeMs, long amount, long id) {
    int index = head.sealed() - 1;
    while (index > 0 && head.entry(index, Head.ENTRY_FIRST) > timeMs) {
      index--;
    }
    int chunkId = (int) head.entry(index, Head.ENTRY_ID);
    long[] chunk = inserted(store.chunk(chunkId), timeMs, amount, id);
    if (chunk.length > 2 * CHUNK * Head.EVENT) {
      int half = CHUNK * Head.EVENT;
      long[] newer = Arrays.copyOfRange(chunk, half, chunk.length);
      int newerId = head.takeChunkId();
      store.putChunk(newerId, newer);
      head.insertEntry(index + 1, newerId, newer);
      chunk = Arrays.copyOf(chunk, half);
    }
    store.putChunk(chunkId, chunk);
    head.setEntry(index, chunkId, chunk);
  }

  private static long[] inserted(long[] chunk, long timeMs, long amount, long id) {
    int at = chunk.length;
    while (at > 0 && chunk[at - Head.EVENT] > timeMs) {
      at -= Head.EVENT;
    }
    long[] longer = new long[chunk.length + Head.EVENT];
    System.arraycopy(chunk, 0, longer, 0, at);
    System.arraycopy(chunk, at, longer, at + Head.EVENT, chunk.length - at);
    longer[at] = timeMs;
    longer[at + Head.AMOUNT] = amount;
    longer[at + Head.ID] = id;
    return longer;
  }

  /** Drops chunks that are out of retention, and the tail's events once they are half of it. */
  private void expire(ChunkStore store, Head head) {
    long floor = head.newest() - retentionMs;
    int chunks = 0;
    while (chunks < head.sealed() && head.entry(chunks, Head.ENTRY_LAST) <= floor) {
      store.removeChunk((int) head.entry(chunks, Head.ENTRY_ID));
      chunks++;
    }
    if (chunks > 0) {
      head.dropEntries(chunks);
    }
    int events = 0;
    while (events < head.tail() && head.tailTime(events) <= floor) {
      events++;
    }
    if (events > 0 && 2 * events >= head.tail()) {
      head.dropTail(events);
    }
  }
}
