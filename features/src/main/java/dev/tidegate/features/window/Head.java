package dev.tidegate.features.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key's head as words: five fixed ones, an entry for each sealed chunk in the order of time, then
 * the tail, which holds the newest events themselves. A key with few events is its tail alone.
 *
 * <pre>
 * version | next chunk id | newest time | sealed chunks n | tail events m
 * n x (id | count | first time | last time | sum high | sum low | max)
 * m x (time | amount | id), then room to grow
 * </pre>
 */
final class Head {
  static final int EVENT = 3;
  static final int AMOUNT = 1;
  static final int ID = 2;

  static final int ENTRY = 7;
  static final int ENTRY_ID = 0;
  static final int ENTRY_COUNT = 1;
  static final int ENTRY_FIRST = 2;
  static final int ENTRY_LAST = 3;
  static final int ENTRY_SUM_HIGH = 4;
  static final int ENTRY_SUM_LOW = 5;
  static final int ENTRY_MAX = 6;

  private static final long VERSION = 1;
  private static final int NEXT_ID = 1;
  private static final int NEWEST = 2;
  private static final int SEALED = 3;
  private static final int TAIL = 4;
  private static final int FIXED = 5;
  private static final int ROOM = 8 * EVENT;

  private long[] words;

  private Head(long[] words) {
    this.words = words;
  }

  /** Reads a head, or starts one. */
  static Head of(long @Nullable [] words) {
    if (words == null) {
      long[] empty = new long[FIXED + EVENT];
      empty[0] = VERSION;
      empty[NEWEST] = Long.MIN_VALUE;
      return new Head(empty);
    }
    if (words.length < FIXED || words[0] != VERSION) {
      throw new IllegalStateException(
          "window state of version "
              + (words.length == 0 ? "none" : words[0])
              + ", not "
              + VERSION);
    }
    return new Head(words);
  }

  long[] words() {
    return words;
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

  int sealed() {
    return (int) words[SEALED];
  }

  int tail() {
    return (int) words[TAIL];
  }

  long entry(int index, int field) {
    return words[FIXED + index * ENTRY + field];
  }

  long tailTime(int index) {
    return words[tailAt(index)];
  }

  long tailAmount(int index) {
    return words[tailAt(index) + AMOUNT];
  }

  long tailId(int index) {
    return words[tailAt(index) + ID];
  }

  private int tailAt(int index) {
    return FIXED + sealed() * ENTRY + index * EVENT;
  }

  int takeChunkId() {
    return (int) words[NEXT_ID]++;
  }

  /** Inserts an event into the tail, after all of its time or earlier. */
  void insertTail(long timeMs, long amount, long id) {
    int at = tail();
    while (at > 0 && tailTime(at - 1) > timeMs) {
      at--;
    }
    int end = tailAt(tail());
    if (words.length < end + EVENT) {
      words = Arrays.copyOf(words, end + ROOM);
    }
    int start = tailAt(at);
    System.arraycopy(words, start, words, start + EVENT, end - start);
    words[start] = timeMs;
    words[start + AMOUNT] = amount;
    words[start + ID] = id;
    words[TAIL]++;
  }

  /** Drops the tail's first events. */
  void dropTail(int events) {
    System.arraycopy(words, tailAt(events), words, tailAt(0), (tail() - events) * EVENT);
    words[TAIL] -= events;
  }

  /** The tail's events, cut out as a chunk. */
  long[] cutTail() {
    long[] chunk = Arrays.copyOfRange(words, tailAt(0), tailAt(tail()));
    words[TAIL] = 0;
    return chunk;
  }

  /** Inserts a sealed chunk's entry. */
  void insertEntry(int index, int chunkId, long[] chunk) {
    splice(index, 0, 1);
    setEntry(index, chunkId, chunk);
  }

  /** Drops entries of the oldest chunks. */
  void dropEntries(int count) {
    splice(0, count, 0);
  }

  void setEntry(int index, int chunkId, long[] chunk) {
    Tally tally = new Tally();
    for (int at = 0; at < chunk.length; at += EVENT) {
      tally.add(chunk[at + AMOUNT]);
    }
    Aggregate sum = tally.aggregate();
    int at = FIXED + index * ENTRY;
    words[at + ENTRY_ID] = chunkId;
    words[at + ENTRY_COUNT] = sum.count();
    words[at + ENTRY_FIRST] = chunk[0];
    words[at + ENTRY_LAST] = chunk[chunk.length - EVENT];
    words[at + ENTRY_SUM_HIGH] = sum.sumHigh();
    words[at + ENTRY_SUM_LOW] = sum.sumLow();
    words[at + ENTRY_MAX] = sum.max();
  }

  private void splice(int index, int removed, int added) {
    int from = FIXED + (index + removed) * ENTRY;
    int end = tailAt(tail());
    int to = FIXED + (index + added) * ENTRY;
    long[] spliced = new long[to + end - from + EVENT];
    System.arraycopy(words, 0, spliced, 0, FIXED + index * ENTRY);
    System.arraycopy(words, from, spliced, to, end - from);
    spliced[SEALED] += added - (long) removed;
    words = spliced;
  }
}
