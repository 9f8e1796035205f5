package dev.tidegate.graphaml.mine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Dense flows of money through several parts of accounts: FlowScope (Li, Liu, Li, Gao, Jin, Cheng:
 * FlowScope: Spotting Money Laundering Based on Graphs, AAAI 2020).
 *
 * <p>Every account stands once in each of k parts; a link leads from its payer in a part to its
 * payee in the next. Of a set S of such nodes, for a node v of a middle part, f is the smaller and
 * q the larger of what it is paid by S and what it pays into S, and
 *
 * <pre>g(S) = 1/|S| * sum over middle nodes of (f - lambda * (q - f))</pre>
 *
 * <p>The search takes away the node of the smallest weight, f - lambda / (1 + lambda) * q of a
 * middle node, what it pays or is paid of an outer one, until none is left, and keeps the set with
 * the largest g on the way; of equal weights the node with the lowest number goes first, of equal
 * sets the larger stays. Sums are whole numbers, so the result does not depend on the order of
 * anything. Cost: time O(k E log(k V)), memory O(k V + E) for V accounts and E links.
 */
public final class DenseFlowSearch {
  private final int parts;
  private final double lambda;

  /**
   * A search.
   *
   * @param parts at least 3: payers, those between, payees
   * @param lambda how much money that stays counts against a flow, not negative; the paper has 4
   */
  public DenseFlowSearch(int parts, double lambda) {
    if (parts < 3 || !(lambda >= 0)) {
      throw new IllegalArgumentException("a flow has 3 parts or more, and lambda is not negative");
    }
    this.parts = parts;
    this.lambda = lambda;
  }

  /** The densest flow that peeling meets; null if there is none of a score above 0. */
  public @Nullable DenseFlow densest(MoneyGraph graph) {
    return densest(graph, new BitSet());
  }

  /**
   * The same without some links.
   *
   * @param without links that are not looked at
   */
  public @Nullable DenseFlow densest(MoneyGraph graph, BitSet without) {
    Peeling peeling = new Peeling(graph, without);
    peeling.run();
    return peeling.bestScore > 0 ? peeling.best() : null;
  }

  /**
   * Dense flows one after another, each without the links of those before it.
   *
   * @param most how often the search is run
   * @param middle a flow with fewer accounts in the middle is passed over
   */
  public List<DenseFlow> all(MoneyGraph graph, int most, int middle) {
    BitSet gone = new BitSet(graph.links());
    List<DenseFlow> found = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      DenseFlow flow = densest(graph, gone);
      if (flow == null) {
        break;
      }
      if (flow.middle().size() >= middle) {
        found.add(flow);
      }
      flow.links().forEach(gone::set);
    }
    return found;
  }

  /** One run over a graph. */
  private final class Peeling {
    private final MoneyGraph graph;
    private final BitSet without;
    private final int accounts;
    private final long[] in;
    private final long[] out;
    private final NodeHeap heap;
    private final int[] taken;
    private long smaller;
    private long larger;
    private int takenCount;
    private int bestTaken;
    private double bestScore;

    Peeling(MoneyGraph graph, BitSet without) {
      this.graph = graph;
      this.without = without;
      accounts = graph.accounts();
      in = new long[parts * accounts];
      out = new long[parts * accounts];
      heap = new NodeHeap(parts * accounts);
      taken = new int[parts * accounts];
      sums();
      for (int node = 0; node < in.length; node++) {
        if (in[node] > 0 || out[node] > 0) {
          heap.add(node, weight(node));
          count(node, 1);
        }
      }
    }

    private void sums() {
      for (int link = 0; link < graph.links(); link++) {
        if (!without.get(link)) {
          for (int part = 0; part + 1 < parts; part++) {
            out[part * accounts + graph.payer(link)] += graph.amount(link);
            in[(part + 1) * accounts + graph.payee(link)] += graph.amount(link);
          }
        }
      }
    }

    private boolean middle(int node) {
      int part = node / accounts;
      return part > 0 && part < parts - 1;
    }

    private double weight(int node) {
      long least = Math.min(in[node], out[node]);
      long most = Math.max(in[node], out[node]);
      return middle(node) ? least - lambda / (1 + lambda) * most : most;
    }

    private void count(int node, int sign) {
      if (middle(node)) {
        smaller += sign * Math.min(in[node], out[node]);
        larger += sign * Math.max(in[node], out[node]);
      }
    }

    private double score() {
      return ((1 + lambda) * smaller - lambda * larger) / heap.size();
    }

    void run() {
      if (heap.size() == 0) {
        return;
      }
      bestScore = score();
      while (heap.size() > 1) {
        int node = heap.take();
        taken[takenCount++] = node;
        count(node, -1);
        forget(node);
        double score = score();
        if (score > bestScore) {
          bestScore = score;
          bestTaken = takenCount;
        }
      }
    }

    /** Takes a node's money away from its neighbours. */
    private void forget(int node) {
      int part = node / accounts;
      int account = node % accounts;
      if (part + 1 < parts) {
        for (int link = graph.outFrom(account); link < graph.outUntil(account); link++) {
          lessen(in, (part + 1) * accounts + graph.payee(link), link);
        }
      }
      if (part > 0) {
        for (int i = 0; i < graph.payersCount(account); i++) {
          int link = graph.inLink(account, i);
          lessen(out, (part - 1) * accounts + graph.payer(link), link);
        }
      }
    }

    private void lessen(long[] side, int node, int link) {
      if (heap.holds(node) && !without.get(link)) {
        count(node, -1);
        side[node] -= graph.amount(link);
        count(node, 1);
        heap.change(node, weight(node));
      }
    }

    DenseFlow best() {
      BitSet inside = new BitSet(parts * accounts);
      for (int node = 0; node < in.length; node++) {
        inside.set(node, heap.holds(node));
      }
      for (int i = bestTaken; i < takenCount; i++) {
        inside.set(taken[i]);
      }
      List<List<Integer>> sides = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        int first = part * accounts;
        sides.add(inside.get(first, first + accounts).stream().boxed().toList());
      }
      return new DenseFlow(List.copyOf(sides), linksOf(inside), bestScore, passed(inside));
    }

    private List<Integer> linksOf(BitSet inside) {
      TreeSet<Integer> links = new TreeSet<>();
      for (int link = 0; link < graph.links(); link++) {
        for (int part = 0; part + 1 < parts; part++) {
          if (connects(inside, part, link)) {
            links.add(link);
          }
        }
      }
      return List.copyOf(links);
    }

    private boolean connects(BitSet inside, int part, int link) {
      return !without.get(link)
          && inside.get(part * accounts + graph.payer(link))
          && inside.get((part + 1) * accounts + graph.payee(link));
    }

    private long passed(BitSet inside) {
      long[] paid = new long[parts * accounts];
      long[] got = new long[parts * accounts];
      for (int link = 0; link < graph.links(); link++) {
        for (int part = 0; part + 1 < parts; part++) {
          if (connects(inside, part, link)) {
            paid[part * accounts + graph.payer(link)] += graph.amount(link);
            got[(part + 1) * accounts + graph.payee(link)] += graph.amount(link);
          }
        }
      }
      return inside.stream()
          .filter(this::middle)
          .mapToLong(node -> Math.min(paid[node], got[node]))
          .sum();
    }
  }
}
