package dev.tidegate.graphaml.mine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is promised of every partition, and the best of all partitions of small graphs. */
final class CommunitySearchTest {
  private static final double EXACT = 1e-9;

  @Property(tries = 200, seed = "8")
  void shouldLeaveNoMoveThatGainsAndNoCommunityInParts(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int accounts,
      @ForAll @IntRange(min = 0, max = 90) int payments) {
    MoneyGraph graph = RandomGraphs.of(seed, accounts, payments);
    int[] found = new CommunitySearch(42).find(graph);
    double reached = CommunitySearch.modularity(graph, found);
    for (int account = 0; account < accounts; account++) {
      assertThat(found[found[account]]).isEqualTo(found[account]).isLessThanOrEqualTo(account);
      for (int other : graph.payeesOf(account)) {
        int[] moved = found.clone();
        moved[account] = found[other];
        assertThat(CommunitySearch.modularity(graph, moved)).isLessThan(reached + EXACT);
        int[] merged = found.clone();
        for (int i = 0; i < accounts; i++) {
          merged[i] = found[i] == found[account] ? found[other] : found[i];
        }
        assertThat(CommunitySearch.modularity(graph, merged)).isLessThan(reached + EXACT);
      }
      assertThat(reachable(graph, found, account).get(found[account])).isTrue();
    }
    assertThat(new CommunitySearch(42).find(graph)).isEqualTo(found);
  }

  /** Whom an account reaches by links inside its community. */
  private static BitSet reachable(MoneyGraph graph, int[] communities, int account) {
    BitSet seen = new BitSet();
    seen.set(account);
    for (boolean grown = true; grown; ) {
      grown = false;
      for (int link = 0; link < graph.links(); link++) {
        int from = graph.payer(link);
        int to = graph.payee(link);
        if (communities[from] == communities[to] && seen.get(from) != seen.get(to)) {
          seen.set(from);
          seen.set(to);
          grown = true;
        }
      }
    }
    return seen;
  }

  @Property(tries = 60, seed = "9")
  void shouldComeNearTheBestPartitionOfSmallGraphs(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 20) int payments) {
    MoneyGraph graph = RandomGraphs.of(seed, 7, payments);
    double best = best(graph, new int[7], 0, 0);
    double reached = CommunitySearch.modularity(graph, new CommunitySearch(1).find(graph));
    assertThat(reached).isLessThanOrEqualTo(best + EXACT).isGreaterThanOrEqualTo(best - 0.1);
  }

  private static double best(MoneyGraph graph, int[] partition, int place, int used) {
    if (place == partition.length) {
      return CommunitySearch.modularity(graph, partition);
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int community = 0; community <= used; community++) {
      partition[place] = community;
      int next = community == used ? used + 1 : used;
      best = Math.max(best, best(graph, partition, place + 1, next));
    }
    return best;
  }

  @Test
  void shouldHaveTheModularityThatNewmanDefines() {
    // Two triangles that one link joins, each a community: 6/7 - 2 * (7/14)^2.
    MoneyGraph.Builder builder = new MoneyGraph.Builder(6);
    int[][] links = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}};
    for (int[] link : links) {
      builder.add(link[0], link[1], 10);
    }
    MoneyGraph graph = builder.build();
    int[] found = new CommunitySearch(1).find(graph);
    assertThat(found).containsExactly(0, 0, 0, 3, 3, 3);
    assertThat(CommunitySearch.modularity(graph, found)).isEqualTo(6 / 7.0 - 0.5, within(1e-12));
  }

  @Test
  void shouldFindPlantedGroupsWhateverTheSeed() {
    Random random = new Random(4);
    MoneyGraph.Builder builder = new MoneyGraph.Builder(100);
    for (int i = 0; i < 4_000; i++) {
      int from = random.nextInt(100);
      int to = random.nextInt(10) == 0 ? random.nextInt(100) : from / 20 * 20 + random.nextInt(20);
      builder.add(from, to, 10);
    }
    MoneyGraph graph = builder.build();
    int[] expected = new int[100];
    Arrays.setAll(expected, i -> i / 20 * 20);
    for (long seed = 0; seed < 5; seed++) {
      assertThat(new CommunitySearch(seed).find(graph)).isEqualTo(expected);
    }
  }
}
