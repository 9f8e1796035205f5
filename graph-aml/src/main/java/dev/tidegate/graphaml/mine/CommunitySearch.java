package dev.tidegate.graphaml.mine;

import java.util.Arrays;
import java.util.Random;

/**
 * Communities of accounts: a partition of large modularity by the moves of Louvain (Blondel,
 * Guillaume, Lambiotte, Lefebvre: Fast unfolding of communities in large networks, 2008), repeated
 * until none helps, with what Louvain alone does not promise (Traag, Waltman, van Eck: From Louvain
 * to Leiden, 2019): each community is connected, since one that falls apart is split. At the end no
 * account gains by moving to a neighbour's community, and no two communities by becoming one.
 *
 * <p>A link weighs as many payments as it has, both directions together. Weights are whole numbers
 * and compared exactly; accounts are looked at in an order drawn from the seed, and of equal
 * communities the one with the lowest number is taken, so the same graph and seed give the same
 * partition. Cost: in practice a few passes over all links a level, memory O(V + E).
 */
public final class CommunitySearch {
  private final long seed;

  /** A search with a seed for the order in which accounts are looked at. */
  public CommunitySearch(long seed) {
    this.seed = seed;
  }

  /** Each account's community; its number is that of its lowest account. */
  public int[] find(MoneyGraph graph) {
    Weights weights = Weights.of(graph);
    int[] communities = identity(graph.accounts());
    Random random = new Random(seed);
    boolean changed = true;
    while (changed) {
      changed = move(weights, communities, random);
      changed |= split(weights, communities);
      changed |= merge(weights, communities, random);
    }
    return lowest(communities);
  }

  /**
   * The modularity of a partition (Newman): the share of payments inside communities above what it
   * would be by chance. 0 of a graph without links.
   */
  public static double modularity(MoneyGraph graph, int[] communities) {
    Weights weights = Weights.of(graph);
    int top = Arrays.stream(communities).max().orElse(0) + 1;
    double[] inside = new double[top];
    double[] degrees = new double[top];
    double all = weights.total;
    for (int node = 0; node < weights.nodes(); node++) {
      degrees[communities[node]] += weights.degrees[node];
      for (int i = weights.starts[node]; i < weights.starts[node + 1]; i++) {
        if (communities[weights.ends[i]] == communities[node]) {
          inside[communities[node]] += weights.values[i];
        }
      }
    }
    double sum = 0;
    for (int i = 0; i < top && all > 0; i++) {
      sum += inside[i] / all - degrees[i] / all * (degrees[i] / all);
    }
    return sum;
  }

  private static int[] identity(int size) {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  /** Moves nodes to the best community near them until none gains; whether any moved. */
  private static boolean move(Weights weights, int[] communities, Random random) {
    long[] totals = new long[weights.nodes()];
    for (int node = 0; node < weights.nodes(); node++) {
      totals[communities[node]] += weights.degrees[node];
    }
    int[] order = shuffled(weights.nodes(), random);
    long[] near = new long[weights.nodes()];
    boolean any = false;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int node : order) {
        int best = best(weights, communities, totals, near, node);
        if (best != communities[node]) {
          totals[communities[node]] -= weights.degrees[node];
          totals[best] += weights.degrees[node];
          communities[node] = best;
          moved = true;
          any = true;
        }
      }
    }
    return any;
  }

  /**
   * The community in which a node adds most to the modularity; its own unless another is better.
   */
  private static int best(
      Weights weights, int[] communities, long[] totals, long[] near, int node) {
    int from = weights.starts[node];
    int until = weights.starts[node + 1];
    for (int i = from; i < until; i++) {
      near[communities[weights.ends[i]]] += weights.values[i];
    }
    int best = communities[node];
    long degree = weights.degrees[node];
    long bestGain =
        Math.subtractExact(
            Math.multiplyExact(weights.total, near[best]),
            Math.multiplyExact(degree, totals[best] - degree));
    boolean stays = true;
    for (int i = from; i < until; i++) {
      int other = communities[weights.ends[i]];
      if (other != communities[node]) {
        long gain =
            Math.subtractExact(
                Math.multiplyExact(weights.total, near[other]),
                Math.multiplyExact(degree, totals[other]));
        if (gain > bestGain || (gain == bestGain && !stays && other < best)) {
          best = other;
          bestGain = gain;
          stays = false;
        }
      }
    }
    for (int i = from; i < until; i++) {
      near[communities[weights.ends[i]]] = 0;
    }
    return best;
  }

  private static int[] shuffled(int size, Random random) {
    int[] order = identity(size);
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  /** Makes each connected part of a community one of its own; whether any was in parts. */
  private static boolean split(Weights weights, int[] communities) {
    boolean[] seen = new boolean[weights.nodes()];
    boolean any = false;
    int[] parts = new int[weights.nodes()];
    Arrays.fill(parts, -1);
    int[] stack = new int[weights.nodes()];
    for (int first = 0; first < weights.nodes(); first++) {
      if (parts[first] >= 0) {
        continue;
      }
      any |= seen[communities[first]];
      seen[communities[first]] = true;
      int size = 0;
      stack[size++] = first;
      parts[first] = first;
      while (size > 0) {
        int node = stack[--size];
        for (int i = weights.starts[node]; i < weights.starts[node + 1]; i++) {
          int other = weights.ends[i];
          if (parts[other] < 0 && communities[other] == communities[first]) {
            parts[other] = first;
            stack[size++] = other;
          }
        }
      }
    }
    System.arraycopy(parts, 0, communities, 0, parts.length);
    return any;
  }

  /** Moves whole communities, level by level; whether any moved. */
  private static boolean merge(Weights weights, int[] communities, Random random) {
    boolean any = false;
    boolean moved = true;
    while (moved) {
      int[] numbers = numbered(communities);
      int count = Arrays.stream(numbers).max().orElse(-1) + 1;
      int[] groups = identity(count);
      moved = move(weights.together(numbers, count), groups, random);
      for (int node = 0; node < numbers.length; node++) {
        communities[node] = groups[numbers[node]];
      }
      any |= moved;
    }
    return any;
  }

  /** The same partition with numbers from 0 on, without gaps, in the order of its nodes. */
  private static int[] numbered(int[] communities) {
    int[] known = new int[communities.length];
    Arrays.fill(known, -1);
    int[] numbers = new int[communities.length];
    int next = 0;
    for (int node = 0; node < communities.length; node++) {
      if (known[communities[node]] < 0) {
        known[communities[node]] = next++;
      }
      numbers[node] = known[communities[node]];
    }
    return numbers;
  }

  private static int[] lowest(int[] communities) {
    int[] first = new int[communities.length];
    Arrays.fill(first, -1);
    int[] named = new int[communities.length];
    for (int node = 0; node < communities.length; node++) {
      if (first[communities[node]] < 0) {
        first[communities[node]] = node;
      }
      named[node] = first[communities[node]];
    }
    return named;
  }
}
