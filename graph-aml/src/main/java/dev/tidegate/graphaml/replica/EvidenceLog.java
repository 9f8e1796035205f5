package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.temporal.GraphSettings;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which payments may yet be asked for as evidence: their ids in chunks, oldest first. A chunk goes
 * when all of its payments are older than any that a search can find. Cost: constant a payment. Not
 * thread safe.
 */
final class EvidenceLog {
  /** Ids of a full chunk. */
  static final int FULL = 256;

  private static final int FIRST = 0;
  private static final int NEXT = 1;
  private static final int NEWEST = 2;

  // configuration
  private final Store store;
  private final LongConsumer gone;
  private final long keptMs;

  // runtime
  private final long[] open = new long[FULL + 1];
  private int size;
  private long first;
  private long next;
  private long newestMs = Long.MIN_VALUE;

  /** Where the chunks are kept: the state of a job, or a map in a test. */
  interface Store {
    /** The header; null while there is none. */
    long @Nullable [] header();

    /** Puts the header in place of the one before. */
    void putHeader(long[] header);

    /** A chunk: the newest time of any payment when it was put, then ids. */
    long[] chunk(long number);

    /** Puts a chunk, in place of the one with its number if there is one. */
    void putChunk(long number, long[] chunk);

    /** Lets a chunk go. */
    void removeChunk(long number);
  }

  /**
   * The log in a store.
   *
   * @param gone who is told payments that leave
   */
  EvidenceLog(GraphSettings settings, Store store, LongConsumer gone) {
    this.store = store;
    this.gone = gone;
    keptMs = settings.retentionMs();
    long[] header = store.header();
    if (header != null) {
      first = header[FIRST];
      next = header[NEXT];
      newestMs = header[NEWEST];
      long[] chunk = store.chunk(next);
      size = chunk.length - 1;
      System.arraycopy(chunk, 0, open, 0, chunk.length);
    }
  }

  /** The largest time of a payment so far; the smallest long if there was none. */
  long newestMs() {
    return newestMs;
  }

  /** A payment that may be asked for. */
  void added(long payment, long timeMs) {
    newestMs = Math.max(newestMs, timeMs);
    open[1 + size++] = payment;
    if (size == FULL) {
      put();
      next++;
      size = 0;
      dropOld();
    }
  }

  private void put() {
    open[0] = newestMs;
    store.putChunk(next, Arrays.copyOf(open, 1 + size));
  }

  private void dropOld() {
    while (first < next) {
      long[] chunk = store.chunk(first);
      if (chunk[0] >= newestMs - keptMs) {
        return;
      }
      for (int i = 1; i < chunk.length; i++) {
        gone.accept(chunk[i]);
      }
      store.removeChunk(first++);
    }
  }

  /** Puts into the store what is not there yet; before each checkpoint. */
  void flush() {
    put();
    store.putHeader(new long[] {first, next, newestMs});
  }
}
