package dev.tidegate.graphaml.mine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against the definition, computed from the links again at every step, and against all subsets. */
final class DenseFlowSearchTest {
  private static final double LAMBDA = 4;

  @Property(tries = 300, seed = "5")
  void shouldPeelAsTheDefinitionSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 7) int accounts,
      @ForAll @IntRange(min = 0, max = 40) int payments,
      @ForAll @IntRange(min = 3, max = 5) int parts) {
    MoneyGraph graph = RandomGraphs.of(seed, accounts, payments);
    Naive expected = new Naive(graph, parts);
    expected.peel();
    DenseFlow found = new DenseFlowSearch(parts, LAMBDA).densest(graph);
    if (expected.bestScore <= 0) {
      assertThat(found).isNull();
      return;
    }
    assertThat(found).isNotNull();
    assertThat(found.score()).isEqualTo(expected.bestScore);
    assertThat(nodes(found, accounts)).isEqualTo(expected.best);
    assertThat(found.score()).isEqualTo(expected.score(nodes(found, accounts)));
    assertThat(found.links()).isEqualTo(expected.links(expected.best));
  }

  @Property(tries = 60, seed = "6")
  void shouldNeverClaimMoreThanTheBestOfAllSets(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int payments) {
    MoneyGraph graph = RandomGraphs.of(seed, 4, payments);
    Naive naive = new Naive(graph, 3);
    double best = 0;
    for (int subset = 1; subset < 1 << 12; subset++) {
      Set<Integer> nodes = new HashSet<>();
      for (int node = 0; node < 12; node++) {
        if ((subset & (1 << node)) != 0) {
          nodes.add(node);
        }
      }
      best = Math.max(best, naive.score(nodes));
    }
    DenseFlow found = new DenseFlowSearch(3, LAMBDA).densest(graph);
    double score = found == null ? 0 : found.score();
    assertThat(score).isLessThanOrEqualTo(best);
  }

  @Test
  void shouldFindAPlantedFlowAmongOrdinaryPaymentsAndThenTheNext() {
    Random random = new Random(11);
    MoneyGraph.Builder builder = new MoneyGraph.Builder(200);
    for (int i = 0; i < 2_000; i++) {
      builder.add(random.nextInt(200), random.nextInt(200), 1 + random.nextInt(100));
    }
    plant(builder, List.of(0, 1), List.of(2, 3, 4, 5), List.of(6, 7), 10_000);
    plant(builder, List.of(10, 11), List.of(12, 13, 14), List.of(15), 5_000);
    List<DenseFlow> found = new DenseFlowSearch(3, LAMBDA).all(builder.build(), 2, 3);
    assertThat(found).hasSize(2);
    assertThat(found.get(0).parts())
        .containsExactly(List.of(0, 1), List.of(2, 3, 4, 5), List.of(6, 7));
    assertThat(found.get(0).passed()).isGreaterThanOrEqualTo(80_000);
    assertThat(found.get(1).parts())
        .containsExactly(List.of(10, 11), List.of(12, 13, 14), List.of(15));
    assertThat(found.get(0).score()).isGreaterThan(found.get(1).score());
  }

  private static void plant(
      MoneyGraph.Builder builder,
      List<Integer> sources,
      List<Integer> mules,
      List<Integer> sinks,
      long amount) {
    for (int mule : mules) {
      sources.forEach(source -> builder.add(source, mule, amount));
      sinks.forEach(sink -> builder.add(mule, sink, amount * sources.size() / sinks.size()));
    }
  }

  @Test
  void shouldScoreAFlowThatKeepsNothingByWhatItPassesOn() {
    MoneyGraph.Builder builder = new MoneyGraph.Builder(4);
    plant(builder, List.of(0), List.of(1, 2), List.of(3), 100);
    DenseFlow found = new DenseFlowSearch(3, LAMBDA).densest(builder.build());
    assertThat(found).isNotNull();
    assertThat(found.score()).isEqualTo(200.0 / 4, within(1e-12));
    assertThat(found.middle()).containsExactly(1, 2);
    assertThat(found.passed()).isEqualTo(200);
  }

  private static Set<Integer> nodes(DenseFlow flow, int accounts) {
    Set<Integer> nodes = new HashSet<>();
    for (int part = 0; part < flow.parts().size(); part++) {
      for (int account : flow.parts().get(part)) {
        nodes.add(part * accounts + account);
      }
    }
    return nodes;
  }

  /** The paper's definition, with sums that are made anew each time. */
  private static final class Naive {
    private final MoneyGraph graph;
    private final int parts;
    Set<Integer> best = Set.of();
    double bestScore;

    Naive(MoneyGraph graph, int parts) {
      this.graph = graph;
      this.parts = parts;
    }

    private boolean inside(Set<Integer> nodes, int part, int link) {
      return nodes.contains(part * graph.accounts() + graph.payer(link))
          && nodes.contains((part + 1) * graph.accounts() + graph.payee(link));
    }

    private long flow(Set<Integer> nodes, int node, boolean in) {
      long sum = 0;
      for (int link = 0; link < graph.links(); link++) {
        for (int part = 0; part + 1 < parts; part++) {
          int end =
              in
                  ? (part + 1) * graph.accounts() + graph.payee(link)
                  : part * graph.accounts() + graph.payer(link);
          if (end == node && inside(nodes, part, link)) {
            sum += graph.amount(link);
          }
        }
      }
      return sum;
    }

    private boolean middle(int node) {
      int part = node / graph.accounts();
      return part > 0 && part < parts - 1;
    }

    double score(Set<Integer> nodes) {
      long smaller = 0;
      long larger = 0;
      for (int node : nodes) {
        if (middle(node)) {
          long in = flow(nodes, node, true);
          long out = flow(nodes, node, false);
          smaller += Math.min(in, out);
          larger += Math.max(in, out);
        }
      }
      return ((1 + LAMBDA) * smaller - LAMBDA * larger) / nodes.size();
    }

    private double weight(Set<Integer> nodes, int node) {
      long in = flow(nodes, node, true);
      long out = flow(nodes, node, false);
      return middle(node)
          ? Math.min(in, out) - LAMBDA / (1 + LAMBDA) * Math.max(in, out)
          : Math.max(in, out);
    }

    List<Integer> links(Set<Integer> nodes) {
      List<Integer> links = new ArrayList<>();
      for (int link = 0; link < graph.links(); link++) {
        boolean any = false;
        for (int part = 0; part + 1 < parts; part++) {
          any |= inside(nodes, part, link);
        }
        if (any) {
          links.add(link);
        }
      }
      return links;
    }

    void peel() {
      Set<Integer> all = new HashSet<>();
      for (int node = 0; node < parts * graph.accounts(); node++) {
        all.add(node);
      }
      Set<Integer> nodes = new HashSet<>(all);
      nodes.removeIf(node -> flow(all, node, true) == 0 && flow(all, node, false) == 0);
      bestScore = Double.NEGATIVE_INFINITY;
      while (!nodes.isEmpty()) {
        double score = score(nodes);
        if (score > bestScore) {
          bestScore = score;
          best = new HashSet<>(nodes);
        }
        int lightest = -1;
        for (int node = 0; node < parts * graph.accounts(); node++) {
          if (nodes.contains(node)
              && (lightest < 0 || weight(nodes, node) < weight(nodes, lightest))) {
            lightest = node;
          }
        }
        nodes.remove(lightest);
      }
    }
  }
}
