package dev.tidegate.graphaml.shard;

import java.util.Arrays;

/**
 * Payments of one side of an account in the order of time and id, with running sums of their
 * values. One at the newest end costs constant time; one that comes late, in proportion to those
 * behind it.
 */
final class Side {
  static final int WORDS = 4;
  private static final int PEER = 2;
  private static final int BEFORE = 3;
  private static final int MARK_BITS = 2;
  private static final int MARKS = (1 << MARK_BITS) - 1;

  // A payment: time and marks, id, other account, value of all before it.
  private long[] words = new long[0];
  private int begin;
  private int end;
  private long total;

  int size() {
    return (end - begin) / WORDS;
  }

  private int at(int i) {
    return begin + i * WORDS;
  }

  long timeMs(int i) {
    return words[at(i)] >> MARK_BITS;
  }

  int marks(int i) {
    return (int) words[at(i)] & MARKS;
  }

  long id(int i) {
    return words[at(i) + 1];
  }

  long peer(int i) {
    return words[at(i) + PEER];
  }

  /** Value of all before the i-th; of all for {@code size}. Wraps around. */
  long before(int i) {
    return i == size() ? total : words[at(i) + BEFORE];
  }

  long value(int i) {
    return before(i + 1) - before(i);
  }

  /** How many, from the oldest on, have no later time. Logarithmic. */
  int until(long timeMs) {
    return count(timeMs, Long.MAX_VALUE);
  }

  /** How many, from the oldest on, stand no later than a payment of this time and id. */
  int count(long timeMs, long id) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      long at = timeMs(middle);
      if (at < timeMs || (at == timeMs && id(middle) <= id)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Keeps a payment; false if it is there already. */
  boolean add(Transfer transfer, long peer) {
    int place = count(transfer.timeMs(), transfer.id());
    for (int i = place - 1; i >= 0 && sameMoment(i, transfer); i--) {
      if (peer(i) == peer) {
        return false;
      }
    }
    makeRoom();
    int at = at(place);
    long before = before(place);
    System.arraycopy(words, at, words, at + WORDS, end - at);
    end += WORDS;
    words[at] = transfer.timeMs() << MARK_BITS | transfer.marks();
    words[at + 1] = transfer.id();
    words[at + PEER] = peer;
    words[at + BEFORE] = before;
    for (int later = at + WORDS; later < end; later += WORDS) {
      words[later + BEFORE] += transfer.value();
    }
    total += transfer.value();
    return true;
  }

  private boolean sameMoment(int i, Transfer transfer) {
    return timeMs(i) == transfer.timeMs() && id(i) == transfer.id();
  }

  private void makeRoom() {
    if (end < words.length) {
      return;
    }
    int kept = end - begin;
    int room = Math.max(2 * WORDS, (kept + kept / 2) / WORDS * WORDS + WORDS);
    long[] to = begin > kept / 2 ? words : new long[room];
    System.arraycopy(words, begin, to, 0, kept);
    words = to;
    begin = 0;
    end = kept;
  }

  /** Lets go of all with no later time than this. */
  void forget(long timeMs) {
    int gone = until(timeMs);
    begin += gone * WORDS;
    if (begin == end) {
      words = new long[0];
      begin = 0;
      end = 0;
    }
  }

  /** Those from one place to before another, without payments to oneself. */
  Trail trail(int from, int to, long self) {
    long[] trail = new long[(to - from) * Trail.WORDS];
    int length = 0;
    for (int i = from; i < to; i++) {
      if (peer(i) != self) {
        write(i, trail, length);
        length += Trail.WORDS;
      }
    }
    return new Trail(length == trail.length ? trail : Arrays.copyOf(trail, length));
  }

  /** As {@link #trail}, of each other account the latest alone. */
  Trail latest(int from, int to, long self, Peers peers) {
    peers.clear();
    long[] trail = new long[(to - from) * Trail.WORDS];
    int start = trail.length;
    for (int i = to - 1; i >= from; i--) {
      if (peer(i) != self && peers.put(peer(i), timeMs(i))) {
        start -= Trail.WORDS;
        write(i, trail, start);
      }
    }
    return new Trail(start == 0 ? trail : Arrays.copyOfRange(trail, start, trail.length));
  }

  private void write(int i, long[] trail, int at) {
    trail[at] = timeMs(i);
    trail[at + 1] = id(i);
    trail[at + 2] = peer(i);
    trail[at + 3] = value(i);
  }

  /** The words of all, and what they sum to. */
  long[] words() {
    return Arrays.copyOfRange(words, begin, end);
  }

  long total() {
    return total;
  }

  /** What {@link #words} and {@link #total} told. */
  static Side of(long[] words, long total) {
    Side side = new Side();
    side.words = words;
    side.end = words.length;
    side.total = total;
    return side;
  }
}
