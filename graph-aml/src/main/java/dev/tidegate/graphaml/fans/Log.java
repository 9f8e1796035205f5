package dev.tidegate.graphaml.fans;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An account's header and its view of the log. Positions in the log are counted from the account's
 * first payment; chunk {@code p / CHUNK} holds position {@code p}, so that chunks are dropped from
 * the front and filled at the end. Three positions are kept: the first retained, the first within
 * the window, and the one behind the last.
 *
 * <pre>
 * version | newest time | first | window start | end
 * in: peers | count | sum high | sum low,  out: the same
 * </pre>
 */
final class Log {
  static final int CHUNK = 128;
  static final int EVENT = 4;

  private static final long VERSION = 1;
  private static final int NEWEST = 1;
  private static final int FIRST = 2;
  private static final int WINDOW = 3;
  private static final int END = 4;
  private static final int IN = 5;
  private static final int OUT = 9;
  private static final int LENGTH = 13;
  private static final int PEERS = 0;
  private static final int COUNT = 1;
  private static final int SUM_HIGH = 2;
  private static final int SUM_LOW = 3;
  private static final long LOW_WORD = 0xffff_ffffL;
  private static final double TWO_TO_32 = 0x1p32;

  private final FanStore store;
  private final long[] words;
  private long openId = -1;
  private long[] openChunk = new long[0];

  private Log(FanStore store, long[] words) {
    this.store = store;
    this.words = words;
  }

  static Log of(FanStore store) {
    long @Nullable [] words = store.header();
    if (words == null) {
      long[] empty = new long[LENGTH];
      empty[0] = VERSION;
      empty[NEWEST] = Long.MIN_VALUE;
      return new Log(store, empty);
    }
    if (words.length != LENGTH || words[0] != VERSION) {
      throw new IllegalStateException(
          "fan state of version " + (words.length == 0 ? "none" : words[0]) + ", not " + VERSION);
    }
    return new Log(store, words);
  }

  void save() {
    store.putHeader(words);
  }

  boolean isEmpty() {
    return words[NEWEST] == Long.MIN_VALUE;
  }

  long newest() {
    return words[NEWEST];
  }

  void newest(long timeMs) {
    words[NEWEST] = timeMs;
  }

  long first() {
    return words[FIRST];
  }

  long end() {
    return words[END];
  }

  long timeAt(long position) {
    return chunkOf(position)[offset(position)];
  }

  End at(long position) {
    long[] chunk = chunkOf(position);
    int at = offset(position);
    return new End(
        chunk[at], (chunk[at + 3] & 1) == 1, chunk[at + 1], chunk[at + 2], chunk[at + 3]);
  }

  /** Puts an event at a position that the log has, or at its end. */
  void put(long position, End event) {
    long id = position / CHUNK;
    int at = offset(position);
    long[] chunk = at == 0 && position == end() ? new long[0] : chunkOf(position);
    if (chunk.length == at) {
      chunk = Arrays.copyOf(chunk, at + EVENT);
    }
    chunk[at] = event.timeMs();
    chunk[at + 1] = event.peer();
    chunk[at + 2] = event.amount();
    chunk[at + 3] = event.id();
    store.putChunk(id, chunk);
    openId = id;
    openChunk = chunk;
    words[END] = Math.max(words[END], position + 1);
  }

  private long[] chunkOf(long position) {
    long id = position / CHUNK;
    if (id != openId) {
      openChunk = store.chunk(id);
      openId = id;
    }
    return openChunk;
  }

  private static int offset(long position) {
    return (int) (position % CHUNK) * EVENT;
  }

  /** Counts an event in. */
  void enter(End event) {
    count(event, 1);
  }

  /** Counts out what the window has left behind. */
  void leaveUpTo(long timeMs) {
    while (words[WINDOW] < end() && timeAt(words[WINDOW]) <= timeMs) {
      count(at(words[WINDOW]), -1);
      words[WINDOW]++;
    }
  }

  /** Tells that an event was inserted before the window. */
  void windowMovedByInsertion() {
    words[WINDOW]++;
  }

  /** Drops chunks that stand wholly at or before a time, of those behind the window. */
  void dropUpTo(long timeMs) {
    long windowChunk = words[WINDOW] / CHUNK;
    while (words[FIRST] / CHUNK < windowChunk) {
      long next = (words[FIRST] / CHUNK + 1) * CHUNK;
      if (timeAt(next - 1) > timeMs) {
        return;
      }
      store.removeChunk(words[FIRST] / CHUNK);
      words[FIRST] = next;
    }
  }

  private void count(End event, int step) {
    int side = event.incoming() ? IN : OUT;
    int before = store.peerCount(event.peer());
    store.putPeerCount(event.peer(), before + step);
    if (before + step == 0) {
      words[side + PEERS]--;
    } else if (before == 0) {
      words[side + PEERS]++;
    }
    words[side + COUNT] += step;
    words[side + SUM_HIGH] += step * (event.amount() >> 32);
    words[side + SUM_LOW] += step * (event.amount() & LOW_WORD);
  }

  /** What the window at the newest time holds. */
  Fans fans() {
    return new Fans(side(IN), side(OUT));
  }

  private Fans.Side side(int side) {
    return new Fans.Side(
        words[side + PEERS],
        words[side + COUNT],
        amount(words[side + SUM_HIGH], words[side + SUM_LOW]));
  }

  static double amount(long sumHigh, long sumLow) {
    long high = sumHigh + (sumLow >> 32);
    long low = sumLow & LOW_WORD;
    return high == (int) high ? (double) ((high << 32) | low) : high * TWO_TO_32 + low;
  }
}
