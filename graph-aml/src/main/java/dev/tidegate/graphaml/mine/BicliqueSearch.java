package dev.tidegate.graphaml.mine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All maximal bicliques of payers and payees with at least so many accounts a side: the enumeration
 * of Zhang, Phillips, Rogers, Baker, Chesler, Langston (On finding bicliques in bipartite graphs,
 * BMC Bioinformatics 2014), after accounts with too few partners are taken away until none is left.
 *
 * <p>Cost: there can be exponentially many, O(B V E) for B bicliques; {@code steps} bounds how many
 * pairs of lists are compared, and what it cuts off is said. The order is fixed: the same graph
 * gives the same answers, cut or not.
 */
public final class BicliqueSearch {
  private static final Comparator<Biclique> BEST_FIRST =
      Comparator.comparingDouble(Biclique::score)
          .reversed()
          .thenComparing(found -> array(found.payers()), Arrays::compare)
          .thenComparing(found -> array(found.payees()), Arrays::compare);

  private final int leastPayers;
  private final int leastPayees;
  private final long steps;

  /**
   * A search.
   *
   * @param leastPayers smallest number of payers, from 1
   * @param leastPayees smallest number of payees, from 1
   * @param steps most comparisons of two lists
   */
  public BicliqueSearch(int leastPayers, int leastPayees, long steps) {
    if (leastPayers < 1 || leastPayees < 1 || steps < 0) {
      throw new IllegalArgumentException(
          "a side has 1 account or more, and steps are not negative");
    }
    this.leastPayers = leastPayers;
    this.leastPayees = leastPayees;
    this.steps = steps;
  }

  /**
   * What was found.
   *
   * @param bicliques the best first
   * @param cut whether steps ran out before all were found
   */
  public record Found(List<Biclique> bicliques, boolean cut) {}

  /** All of a graph. */
  public Found find(MoneyGraph graph) {
    Enumeration enumeration = new Enumeration(graph);
    enumeration.run();
    enumeration.found.sort(BEST_FIRST);
    return new Found(List.copyOf(enumeration.found), enumeration.left < 0);
  }

  private final class Enumeration {
    private final MoneyGraph graph;
    private final BitSet payers = new BitSet();
    private final BitSet payees = new BitSet();
    private final int[][] payersOf;
    private final List<Biclique> found = new ArrayList<>();
    private long left = steps;

    Enumeration(MoneyGraph graph) {
      this.graph = graph;
      payersOf = new int[graph.accounts()][];
    }

    void run() {
      core();
      int[] roots =
          payees.stream()
              .peek(payee -> payersOf[payee] = kept(graph.payersOf(payee), payers))
              .toArray();
      roots =
          IntStream.of(roots)
              .boxed()
              .sorted(Comparator.comparingInt((Integer root) -> payersOf[root].length))
              .mapToInt(Integer::intValue)
              .toArray();
      int[] places = new int[graph.accounts()];
      for (int i = 0; i < roots.length; i++) {
        places[roots[i]] = i;
      }
      for (int i = 0; i < roots.length && left >= 0; i++) {
        root(roots[i], i, places);
      }
    }

    /** Takes away who has too few partners, until none has. */
    private void core() {
      for (int account = 0; account < graph.accounts(); account++) {
        payers.set(account, graph.payeesCount(account) >= leastPayees);
        payees.set(account, graph.payersCount(account) >= leastPayers);
      }
      boolean changed = true;
      while (changed) {
        changed = false;
        for (int payer : payers.stream().toArray()) {
          if (kept(graph.payeesOf(payer), payees).length < leastPayees) {
            payers.clear(payer);
            changed = true;
          }
        }
        for (int payee : payees.stream().toArray()) {
          if (kept(graph.payersOf(payee), payers).length < leastPayers) {
            payees.clear(payee);
            changed = true;
          }
        }
      }
    }

    /** Bicliques of which this payee is the first by its place. */
    private void root(int payee, int place, int[] places) {
      int[] near =
          IntStream.of(payersOf[payee])
              .flatMap(payer -> IntStream.of(graph.payeesOf(payer)))
              .filter(other -> payees.get(other) && other != payee)
              .distinct()
              .boxed()
              .sorted(Comparator.comparingInt((Integer other) -> places[other]))
              .mapToInt(Integer::intValue)
              .toArray();
      int[] before = IntStream.of(near).filter(other -> places[other] < place).toArray();
      int[] after = IntStream.of(near).filter(other -> places[other] > place).toArray();
      int[] candidates = new int[after.length + 1];
      candidates[0] = payee;
      System.arraycopy(after, 0, candidates, 1, after.length);
      choose(new Branch(payersOf[payee], new int[0], candidates), 0, before);
    }

    /** Payers who paid all that are chosen, and who may be chosen next. */
    private static final class Branch {
      final int[] payers;
      final int[] chosen;
      final int[] candidates;

      Branch(int[] payers, int[] chosen, int[] candidates) {
        this.payers = payers;
        this.chosen = chosen;
        this.candidates = candidates;
      }
    }

    private void expand(Branch branch, int[] looked) {
      int[] done = looked;
      for (int i = 0; i < branch.candidates.length && left >= 0; i++) {
        if (choose(branch, i, done)) {
          done = with(done, branch.candidates[i]);
        }
      }
    }

    /** Chooses one more payee; false if too few payers are left to ever look at it again. */
    private boolean choose(Branch branch, int place, int[] done) {
      int payee = branch.candidates[place];
      left--;
      int[] both = common(branch.payers, payersOf[payee]);
      if (both.length < leastPayers) {
        return false;
      }
      List<Integer> still = new ArrayList<>();
      for (int other : done) {
        int shared = shared(both, other);
        if (shared == both.length) {
          return true;
        }
        if (shared >= leastPayers) {
          still.add(other);
        }
      }
      int[] chosen = with(branch.chosen, payee);
      List<Integer> next = new ArrayList<>();
      for (int i = place + 1; i < branch.candidates.length; i++) {
        int shared = shared(both, branch.candidates[i]);
        if (shared == both.length) {
          chosen = with(chosen, branch.candidates[i]);
        } else if (shared >= leastPayers) {
          next.add(branch.candidates[i]);
        }
      }
      if (left < 0) {
        return true;
      }
      if (chosen.length >= leastPayees) {
        report(both, chosen);
      }
      if (!next.isEmpty() && chosen.length + next.size() >= leastPayees) {
        expand(new Branch(both, chosen, array(next)), array(still));
      }
      return true;
    }

    private int shared(int[] accounts, int payee) {
      left--;
      return common(accounts, payersOf[payee]).length;
    }

    private void report(int[] from, int[] to) {
      int[] payees = to.clone();
      Arrays.sort(payees);
      long links = (long) from.length * payees.length;
      long touching =
          IntStream.of(from).mapToLong(graph::payeesCount).sum()
              + IntStream.of(payees).mapToLong(graph::payersCount).sum()
              - links;
      found.add(new Biclique(list(from), list(payees), (double) links * links / touching));
    }
  }

  private static List<Integer> list(int[] array) {
    return Arrays.stream(array).boxed().toList();
  }

  private static int[] array(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] with(int[] list, int one) {
    int[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = one;
    return longer;
  }

  private static int[] kept(int[] list, BitSet those) {
    return IntStream.of(list).filter(those::get).toArray();
  }

  /** What two ascending lists have in common. */
  private static int[] common(int[] first, int[] second) {
    int[] both = new int[Math.min(first.length, second.length)];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < first.length && j < second.length) {
      if (first[i] == second[j]) {
        both[count++] = first[i];
        i++;
        j++;
      } else if (first[i] < second[j]) {
        i++;
      } else {
        j++;
      }
    }
    return Arrays.copyOf(both, count);
  }
}
