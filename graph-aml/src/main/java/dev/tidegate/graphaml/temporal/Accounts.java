package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Numbers for accounts, dense from 0, given again after {@link #release}; and what is remembered of
 * each beside its payments. Open addressing. Not safe for threads.
 */
final class Accounts {
  /** No number. */
  static final int NONE = -1;

  private static final int WORDS = 3;
  private static final int FIRST = 1;
  private static final int LAST = 2;
  private static final double FULLEST = 0.7;

  // Key, first and last time of an account.
  private long[] records = new long[16 * WORDS];
  private int[] table = new int[32];
  private int[] free = new int[16];
  private int freeCount;
  private int made;

  /** The number of a key, {@link #NONE} if it has none. */
  int find(long key) {
    return table[slot(key)] - 1;
  }

  private int slot(long key) {
    int slot = home(key);
    while (table[slot] != 0 && key(table[slot] - 1) != key) {
      slot = slot + 1 == table.length ? 0 : slot + 1;
    }
    return slot;
  }

  /** Any length of table: the upper half of hash times length. */
  private int home(long key) {
    return (int) (((Mixing.mix(key) >>> 32) * table.length) >>> 32);
  }

  /** A number for a key that has none; its times are not set. */
  int assign(long key) {
    if (count() + 1 > FULLEST * table.length) {
      grow();
    }
    int account = freeCount > 0 ? free[--freeCount] : made++;
    if (account > Ring.PEER_MASK) {
      throw new IllegalStateException("more than 2^30 accounts in the graph");
    }
    if ((account + 1) * WORDS > records.length) {
      records = Arrays.copyOf(records, Growth.of(records.length, (account + 1) * WORDS));
    }
    int slot = slot(key);
    records[account * WORDS] = key;
    table[slot] = account + 1;
    return account;
  }

  private void grow() {
    int[] old = table;
    table = new int[Growth.of(old.length, old.length + 1)];
    for (int entry : old) {
      if (entry != 0) {
        table[slot(key(entry - 1))] = entry;
      }
    }
  }

  /** Takes an account's number away; it will be given to another. */
  void release(int account) {
    int hole = slot(key(account));
    int next = hole;
    while (true) {
      next = next + 1 == table.length ? 0 : next + 1;
      if (table[next] == 0) {
        break;
      }
      int home = home(key(table[next] - 1));
      boolean stays = hole <= next ? hole < home && home <= next : hole < home || home <= next;
      if (!stays) {
        table[hole] = table[next];
        hole = next;
      }
    }
    table[hole] = 0;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Growth.of(free.length, freeCount + 1));
    }
    free[freeCount++] = account;
    setLast(account, Long.MIN_VALUE);
  }

  /** Accounts that have a number. */
  int count() {
    return made - freeCount;
  }

  /** Numbers are below this. */
  int bound() {
    return made;
  }

  long key(int account) {
    return records[account * WORDS];
  }

  /** Time of the first payment that is remembered. */
  long first(int account) {
    return records[account * WORDS + FIRST];
  }

  /** Largest time of a payment; the smallest long for a number that nobody has. */
  long last(int account) {
    return records[account * WORDS + LAST];
  }

  void setFirst(int account, long timeMs) {
    records[account * WORDS + FIRST] = timeMs;
  }

  void setLast(int account, long timeMs) {
    records[account * WORDS + LAST] = timeMs;
  }

  long bytes() {
    return Long.BYTES * (long) records.length + Integer.BYTES * ((long) table.length + free.length);
  }
}
