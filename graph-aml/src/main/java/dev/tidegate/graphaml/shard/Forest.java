package dev.tidegate.graphaml.shard;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Disjoint sets of accounts since a moment: union by size with path halving. */
final class Forest {
  /** An account that was joined to another. */
  private static final class Node {
    final long account;
    Node parent = this;
    int size = 1;
    int risky;

    Node(long account, int risky) {
      this.account = account;
      this.risky = risky;
    }
  }

  private final Map<Long, Node> nodes = new HashMap<>();
  private final Set<Long> riskyAccounts;
  final long sinceMs;

  /** Of payments from a time on. */
  Forest(long sinceMs, Set<Long> riskyAccounts) {
    this.sinceMs = sinceMs;
    this.riskyAccounts = riskyAccounts;
  }

  private Node root(long account) {
    Node node = nodes.get(account);
    if (node == null) {
      return new Node(account, riskyAccounts.contains(account) ? 1 : 0);
    }
    while (node.parent != node) {
      node.parent = node.parent.parent;
      node = node.parent;
    }
    return node;
  }

  int size(long account) {
    return root(account).size;
  }

  int risky(long account) {
    return root(account).risky;
  }

  void join(long one, long other) {
    Node left = root(one);
    Node right = root(other);
    if (left.account == right.account) {
      return;
    }
    nodes.putIfAbsent(left.account, left);
    nodes.putIfAbsent(right.account, right);
    Node large = left.size >= right.size ? left : right;
    Node small = large.equals(left) ? right : left;
    small.parent = large;
    large.size += small.size;
    large.risky += small.risky;
  }

  /** Each account and the root of its set, one after the other. */
  long[] pairs() {
    long[] pairs = new long[2 * nodes.size()];
    int at = 0;
    for (long account : nodes.keySet()) {
      pairs[at++] = account;
      pairs[at++] = root(account).account;
    }
    return pairs;
  }

  /** The sets that {@link #pairs} told. */
  static Forest of(long sinceMs, long[] pairs, Set<Long> riskyAccounts) {
    Forest forest = new Forest(sinceMs, riskyAccounts);
    for (int i = 0; i < pairs.length; i += 2) {
      forest.join(pairs[i + 1], pairs[i]);
    }
    return forest;
  }
}
