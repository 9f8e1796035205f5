package dev.tidegate.graphaml.shard;

import java.util.Arrays;

/**
 * Distinct accounts in the order in which they were met, with the earliest and the latest time of
 * each. Used again after {@link #clear}. Open addressing, constant time an account.
 */
final class Peers {
  static final int NONE = -1;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private int[] table = new int[32];
  private int shift = Long.SIZE - 5;
  private long[] accounts = new long[16];
  private long[] latest = new long[16];
  private long[] earliest = new long[16];
  private int size;

  void clear() {
    if (size > 0) {
      Arrays.fill(table, 0);
    }
    size = 0;
  }

  private int slot(long account) {
    long mixed = account * SPREAD;
    int slot = (int) (((mixed ^ (mixed >>> 29)) * SPREAD) >>> shift);
    while (table[slot] != 0 && accounts[table[slot] - 1] != account) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  int size() {
    return size;
  }

  long account(int place) {
    return accounts[place];
  }

  long latestMs(int place) {
    return latest[place];
  }

  long earliestMs(int place) {
    return earliest[place];
  }

  int find(long account) {
    return table[slot(account)] - 1;
  }

  boolean has(long account) {
    return find(account) != NONE;
  }

  /** Puts an account in, or widens its times; whether it is new. */
  boolean put(long account, long timeMs) {
    int slot = slot(account);
    int place = table[slot] - 1;
    if (place != NONE) {
      latest[place] = Math.max(latest[place], timeMs);
      earliest[place] = Math.min(earliest[place], timeMs);
      return false;
    }
    if (size == accounts.length) {
      grow();
      slot = slot(account);
    }
    table[slot] = ++size;
    accounts[size - 1] = account;
    latest[size - 1] = timeMs;
    earliest[size - 1] = timeMs;
    return true;
  }

  private void grow() {
    int room = 2 * accounts.length;
    accounts = Arrays.copyOf(accounts, room);
    latest = Arrays.copyOf(latest, room);
    earliest = Arrays.copyOf(earliest, room);
    table = new int[2 * room];
    shift--;
    for (int i = 0; i < size; i++) {
      table[slot(accounts[i])] = i + 1;
    }
  }

  /** All payments of a trail, the newest first. */
  void putAll(Trail trail) {
    for (int i = trail.size() - 1; i >= 0; i--) {
      put(trail.peer(i), trail.timeMs(i));
    }
  }
}
