package dev.tidegate.graphaml.temporal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Disjoint sets of accounts since a moment: union by size with path halving (Tarjan and van
 * Leeuwen, 1984), practically constant an operation. Forgets everything at once by a new round
 * number. Not safe for threads.
 */
final class Forest {
  private static final int WORDS = 2;
  private static final int ROUND = 1;

  // An account: parent, or minus the size of the set it is the root of; round.
  private int[] nodes = new int[16 * WORDS];
  // Risky accounts of the sets that have any, by root.
  private final Map<Integer, Integer> risky = new HashMap<>();
  private int round = 1;
  private long sinceMs = Long.MIN_VALUE;

  void reserve(int account) {
    int needed = (account + 1) * WORDS;
    if (needed > nodes.length) {
      nodes = Arrays.copyOf(nodes, Growth.of(nodes.length, needed));
    }
  }

  /** Forgets all sets; from now on they are of payments from this time on. */
  void begin(long timeMs) {
    round++;
    risky.clear();
    sinceMs = timeMs;
  }

  long sinceMs() {
    return sinceMs;
  }

  /** The root of an account's set, which is its own if it has none yet. */
  int root(int account, boolean isRisky) {
    int at = account * WORDS;
    if (nodes[at + ROUND] != round) {
      nodes[at] = -1;
      nodes[at + ROUND] = round;
      if (isRisky) {
        risky.put(account, 1);
      }
      return account;
    }
    int node = account;
    int parent = nodes[at];
    while (parent >= 0) {
      int grand = nodes[parent * WORDS];
      if (grand < 0) {
        return parent;
      }
      nodes[node * WORDS] = grand;
      node = grand;
      parent = nodes[node * WORDS];
    }
    return node;
  }

  int size(int root) {
    return -nodes[root * WORDS];
  }

  int risky(int root) {
    return risky.isEmpty() ? 0 : risky.getOrDefault(root, 0);
  }

  /** An account that is in a set came to be risky (1) or no more (-1). */
  void mark(int account, int change) {
    if (account * WORDS < nodes.length && nodes[account * WORDS + ROUND] == round) {
      risky.merge(root(account, false), change, Integer::sum);
    }
  }

  /** Joins two sets; the root of both. */
  int join(int left, int right) {
    if (left == right) {
      return left;
    }
    int large = size(left) >= size(right) ? left : right;
    int small = large == left ? right : left;
    nodes[large * WORDS] += nodes[small * WORDS];
    if (!risky.isEmpty()) {
      Integer moved = risky.remove(small);
      if (moved != null) {
        risky.merge(large, moved, Integer::sum);
      }
    }
    nodes[small * WORDS] = large;
    return large;
  }

  long bytes() {
    return Integer.BYTES * (long) nodes.length;
  }
}
