package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Distinct accounts in the order in which they were met, each with the smallest and the largest age
 * it was met with. Small and used again for each payment. Not safe for threads.
 */
final class PeerMap {
  /** The place of an account that is not in the map. */
  static final int NONE = -1;

  private static final int SPREAD = 0x9E3779B9;

  private int[] table = new int[64];
  private int shift = Integer.SIZE - 6;
  private int[] peers = new int[32];
  private long[] newest = new long[32];
  private long[] oldest = new long[32];
  private int size;

  void clear() {
    // From the last put to the first: each is then found on the path on which it was put.
    for (int i = size - 1; i >= 0; i--) {
      table[slot(peers[i])] = 0;
    }
    size = 0;
  }

  /** Where the account is in the table, or would be put. */
  private int slot(int peer) {
    int slot = (peer * SPREAD) >>> shift;
    while (table[slot] != 0 && peers[table[slot] - 1] != peer) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  int size() {
    return size;
  }

  int peer(int place) {
    return peers[place];
  }

  /** Smallest age an account was met with. */
  long newest(int place) {
    return newest[place];
  }

  /** Largest age an account was met with. */
  long oldest(int place) {
    return oldest[place];
  }

  int find(int peer) {
    return table[slot(peer)] - 1;
  }

  boolean has(int peer) {
    return find(peer) != NONE;
  }

  /** Puts an account in, or widens its ages; its place. */
  int put(int peer, long age) {
    int slot = slot(peer);
    int place = table[slot] - 1;
    if (place != NONE) {
      newest[place] = Math.min(newest[place], age);
      oldest[place] = Math.max(oldest[place], age);
      return place;
    }
    if (size == peers.length) {
      grow();
      slot = slot(peer);
    }
    place = size++;
    table[slot] = place + 1;
    peers[place] = peer;
    newest[place] = age;
    oldest[place] = age;
    return place;
  }

  private void grow() {
    int room = 2 * peers.length;
    peers = Arrays.copyOf(peers, room);
    newest = Arrays.copyOf(newest, room);
    oldest = Arrays.copyOf(oldest, room);
    table = new int[2 * room];
    shift--;
    for (int i = 0; i < size; i++) {
      table[slot(peers[i])] = i + 1;
    }
  }
}
