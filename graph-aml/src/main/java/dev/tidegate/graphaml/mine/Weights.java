package dev.tidegate.graphaml.mine;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How strongly nodes hang together, without direction: each link stands at both of its ends. A
 * node's degree also counts what is inside of it, where it stands for several.
 */
final class Weights {
  final int[] starts;
  final int[] ends;
  final long[] values;
  final long[] degrees;

  /** Sum of all degrees. */
  final long total;

  private Weights(int[] starts, int[] ends, long[] values, long[] degrees) {
    this.starts = starts;
    this.ends = ends;
    this.values = values;
    this.degrees = degrees;
    total = Arrays.stream(degrees).sum();
  }

  int nodes() {
    return degrees.length;
  }

  /** Of a graph's links, weighed by their payments. */
  static Weights of(MoneyGraph graph) {
    Rows rows = new Rows(graph.accounts());
    for (int link = 0; link < graph.links(); link++) {
      rows.add(graph.payer(link), graph.payee(link), graph.payments(link));
      rows.add(graph.payee(link), graph.payer(link), graph.payments(link));
    }
    long[] degrees = new long[graph.accounts()];
    for (int link = 0; link < graph.links(); link++) {
      degrees[graph.payer(link)] += graph.payments(link);
      degrees[graph.payee(link)] += graph.payments(link);
    }
    return rows.weights(degrees);
  }

  /** Of groups of these nodes. */
  Weights together(int[] groups, int count) {
    Rows rows = new Rows(count);
    long[] sums = new long[count];
    for (int node = 0; node < nodes(); node++) {
      sums[groups[node]] += degrees[node];
      for (int i = starts[node]; i < starts[node + 1]; i++) {
        if (groups[node] != groups[ends[i]]) {
          rows.add(groups[node], groups[ends[i]], values[i]);
        }
      }
    }
    return rows.weights(sums);
  }

  /** Weights by node and neighbour. */
  private static final class Rows {
    private final Map<Long, Long> sums = new TreeMap<>();
    private final int nodes;

    Rows(int nodes) {
      this.nodes = nodes;
    }

    void add(int node, int other, long weight) {
      sums.merge(((long) node << 32) | other, weight, Long::sum);
    }

    Weights weights(long[] degrees) {
      int[] starts = new int[nodes + 1];
      int[] ends = new int[sums.size()];
      long[] values = new long[sums.size()];
      int place = 0;
      for (Map.Entry<Long, Long> entry : sums.entrySet()) {
        starts[(int) (entry.getKey() >>> 32) + 1]++;
        ends[place] = entry.getKey().intValue();
        values[place++] = entry.getValue();
      }
      for (int i = 0; i < nodes; i++) {
        starts[i + 1] += starts[i];
      }
      return new Weights(starts, ends, values, degrees);
    }
  }
}
