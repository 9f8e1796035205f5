package dev.tidegate.graphaml.log;

/**
 * First and last times of accounts, by fingerprint, and which of them a store has not been told:
 * asked twice a payment that leaves a log, so on the heap, some 40 bytes an account. Open
 * addressing with linear probing. Not thread safe.
 */
final class AccountTimes {
  private static final int LEAST = 64;
  private static final byte EMPTY = 0;
  private static final byte TOLD = 1;
  private static final byte CHANGED = 2;

  private long[] keys = new long[LEAST];
  private long[] firsts = new long[LEAST];
  private long[] lasts = new long[LEAST];
  private byte[] states = new byte[LEAST];
  private int size;

  /** Where an account stands; negative if it does not. */
  int find(long account) {
    int slot = slot(account);
    return states[slot] == EMPTY ? -1 : slot;
  }

  long first(int place) {
    return firsts[place];
  }

  long last(int place) {
    return lasts[place];
  }

  int size() {
    return size;
  }

  /** Puts an account's times in, in place of those of before; a store has to be told. */
  void put(long account, long firstMs, long lastMs) {
    put(account, firstMs, lastMs, CHANGED);
  }

  /** Puts times in that came from the store. */
  void read(long account, long firstMs, long lastMs) {
    put(account, firstMs, lastMs, TOLD);
  }

  private void put(long account, long firstMs, long lastMs, byte state) {
    int slot = slot(account);
    if (states[slot] == EMPTY) {
      size++;
      if (3L * size > 2L * keys.length) {
        grow();
        slot = slot(account);
      }
    }
    set(slot, account, firstMs, lastMs, state);
  }

  private void set(int slot, long account, long firstMs, long lastMs, byte state) {
    keys[slot] = account;
    firsts[slot] = firstMs;
    lasts[slot] = lastMs;
    states[slot] = state;
  }

  /** Takes an account out; whether it was in. */
  boolean remove(long account) {
    int hole = slot(account);
    if (states[hole] == EMPTY) {
      return false;
    }
    size--;
    int mask = keys.length - 1;
    // What was pushed beyond the hole by others moves up, so that it is found from its home on.
    for (int next = (hole + 1) & mask; states[next] != EMPTY; next = (next + 1) & mask) {
      if (((next - home(keys[next])) & mask) >= ((next - hole) & mask)) {
        set(hole, keys[next], firsts[next], lasts[next], states[next]);
        hole = next;
      }
    }
    states[hole] = EMPTY;
    return true;
  }

  /** Tells a store what has changed since the last time. */
  void tell(LogStore store) {
    for (int slot = 0; slot < states.length; slot++) {
      if (states[slot] == CHANGED) {
        store.putAccount(keys[slot], firsts[slot], lasts[slot]);
        states[slot] = TOLD;
      }
    }
  }

  private int home(long account) {
    return (int) ((account * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
  }

  private int slot(long account) {
    int slot = home(account);
    while (states[slot] != EMPTY && keys[slot] != account) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldFirsts = firsts;
    long[] oldLasts = lasts;
    byte[] oldStates = states;
    int room = 2 * oldKeys.length;
    keys = new long[room];
    firsts = new long[room];
    lasts = new long[room];
    states = new byte[room];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldStates[i] != EMPTY) {
        set(slot(oldKeys[i]), oldKeys[i], oldFirsts[i], oldLasts[i], oldStates[i]);
      }
    }
  }
}
