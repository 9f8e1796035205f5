package dev.tidegate.graphaml.mine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against all sets of payees of small graphs. */
final class BicliqueSearchTest {
  private static final long PLENTY = 10_000_000;

  /** Two sides, comparable. */
  private record Sides(List<Integer> payers, List<Integer> payees) {}

  @Property(tries = 300, seed = "7")
  void shouldFindExactlyTheMaximalOnes(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 9) int accounts,
      @ForAll @IntRange(min = 0, max = 60) int payments,
      @ForAll @IntRange(min = 1, max = 3) int payers,
      @ForAll @IntRange(min = 1, max = 3) int payees) {
    MoneyGraph graph = RandomGraphs.of(seed, accounts, payments);
    BicliqueSearch.Found found = new BicliqueSearch(payers, payees, PLENTY).find(graph);
    assertThat(found.cut()).isFalse();
    List<Sides> sides =
        found.bicliques().stream().map(one -> new Sides(one.payers(), one.payees())).toList();
    assertThat(sides).containsExactlyInAnyOrderElementsOf(brute(graph, payers, payees));
  }

  private static Set<Sides> brute(MoneyGraph graph, int leastPayers, int leastPayees) {
    Set<Sides> maximal = new HashSet<>();
    for (int subset = 1; subset < 1 << graph.accounts(); subset++) {
      int chosen = subset;
      List<Integer> payees =
          IntStream.range(0, graph.accounts()).filter(i -> (chosen >> i & 1) == 1).boxed().toList();
      List<Integer> payers = payersOfAll(graph, payees);
      List<Integer> closed = new ArrayList<>();
      for (int payee = 0; payee < graph.accounts(); payee++) {
        int one = payee;
        if (payers.stream().allMatch(payer -> graph.link(payer, one) >= 0)) {
          closed.add(payee);
        }
      }
      if (closed.equals(payees) && payers.size() >= leastPayers && payees.size() >= leastPayees) {
        maximal.add(new Sides(payers, payees));
      }
    }
    return maximal;
  }

  private static List<Integer> payersOfAll(MoneyGraph graph, List<Integer> payees) {
    return IntStream.range(0, graph.accounts())
        .filter(payer -> payees.stream().allMatch(payee -> graph.link(payer, payee) >= 0))
        .boxed()
        .toList();
  }

  @Test
  void shouldRankHigherWhatIsMostOfWhatItsAccountsDo() {
    MoneyGraph.Builder builder = new MoneyGraph.Builder(60);
    for (int payer = 0; payer < 3; payer++) {
      for (int payee = 10; payee < 13; payee++) {
        builder.add(payer, payee, 100);
        builder.add(payer + 20, payee + 20, 100);
      }
      for (int other = 0; other < 5; other++) {
        builder.add(payer + 20, 40 + 5 * payer + other, 100);
      }
    }
    List<Biclique> found = new BicliqueSearch(3, 3, PLENTY).find(builder.build()).bicliques();
    assertThat(found.get(0).payers()).containsExactly(0, 1, 2);
    assertThat(found.get(0).score()).isEqualTo(9);
    assertThat(found).hasSize(2);
    assertThat(found.get(1).score()).isEqualTo(81.0 / (9 + 15));
  }

  @Test
  void shouldSayThatStepsRanOutAndStillGiveTheSameAgain() {
    MoneyGraph graph = RandomGraphs.of(3, 40, 900);
    BicliqueSearch.Found whole = new BicliqueSearch(3, 3, PLENTY).find(graph);
    BicliqueSearch.Found cut = new BicliqueSearch(3, 3, 2_000).find(graph);
    assertThat(whole.cut()).isFalse();
    assertThat(cut.cut()).isTrue();
    assertThat(cut.bicliques().size()).isLessThan(whole.bicliques().size());
    assertThat(whole.bicliques()).containsAll(cut.bicliques());
    assertThat(new BicliqueSearch(3, 3, 2_000).find(graph)).isEqualTo(cut);
  }
}
