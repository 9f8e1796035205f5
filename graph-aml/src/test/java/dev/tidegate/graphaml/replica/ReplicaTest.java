package dev.tidegate.graphaml.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.AccountLists;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.log.HeapLogStore;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.BruteForce;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Replicas that search some payments and keep the others, against the kernel that searches all and
 * against brute force: streams with ties, disorder, payments too late, repeats, hubs, loops,
 * parallel payments and accounts that are forgotten.
 */
class ReplicaTest {
  @Property(tries = 150)
  void shouldEqualTheKernelAndBruteForceOnDenseStreams(@ForAll("dense") List<Payment> payments) {
    compare(payments, Streams.unbounded(12), 1 + payments.size() % 4, 0);
  }

  @Property(tries = 150)
  void shouldEqualTheKernelAndBruteForceOnWideStreams(@ForAll("wide") List<Payment> payments) {
    compare(payments, Streams.unbounded(9), 1 + payments.size() % 4, 0);
  }

  @Property(tries = 100)
  void shouldEqualTheKernelWhereMostAccountsAreHubs(@ForAll("wide") List<Payment> payments) {
    compare(payments, Streams.unbounded(3), 3, 0);
  }

  @Property(tries = 100)
  void shouldEqualTheKernelThoughReplicasStopAndAreBuiltAgain(
      @ForAll("wide") List<Payment> payments) {
    compare(payments, Streams.unbounded(9), 2, 7);
  }

  @Test
  void shouldEqualTheKernelOverALongStreamWithStops() {
    List<Payment> payments = Streams.random(new Random(20_260_106), 900);
    assertThat(compare(payments, Streams.unbounded(20), 4, 50)).isGreaterThan(900);
  }

  @Test
  void shouldCutSearchesWhereTheKernelCutsThem() {
    List<Payment> payments = Streams.random(new Random(20_260_107), 900);
    List<Replica> replicas = new ArrayList<>();
    GraphConfig config =
        new GraphConfig(Streams.settings(20, 40, 3), PatternSettings.everything(), 2);
    TemporalGraph kernel = new TemporalGraph(config.graph());
    replicas.add(new Replica(config, new HeapLogStore()));
    replicas.add(new Replica(config, new HeapLogStore()));
    int cut = 0;
    for (Payment payment : payments) {
      Findings expected = new Findings(kernel.layout());
      kernel.add(payment, expected);
      Findings found = searched(replicas, payment, expected);
      assertThat(found.values()).isEqualTo(expected.values());
      assertThat(found.cycles()).isEqualTo(expected.cycles());
      cut += named(kernel, found).get("search_dropped") > 0 ? 1 : 0;
    }
    assertThat(cut).isGreaterThan(100);
  }

  @Test
  void shouldKnowListedAccounts() {
    GraphConfig config =
        new GraphConfig(Streams.unbounded(20), PatternSettings.everything(), 2)
            .withLists(new AccountLists(List.of("merchant"), List.of()));
    long merchant = config.lists().hubNumbers().findFirst().orElseThrow();
    Replica replica = new Replica(config, new HeapLogStore());
    Findings findings = new Findings(replica.graph().layout());
    replica.search(new Payment(1, 2, merchant, 1_000, 100, 0), findings);
    assertThat(named(replica.graph(), findings).get("target_hub")).isEqualTo(1);
    assertThat(named(replica.graph(), findings).get("source_hub")).isZero();
  }

  @Provide
  Arbitrary<List<Payment>> dense() {
    return Streams.of(60, 5);
  }

  @Provide
  Arbitrary<List<Payment>> wide() {
    return Streams.of(110, 9);
  }

  /**
   * Compares all answers.
   *
   * @param stopEvery each so many payments one replica stops and is built again; 0 for never
   * @return cycles that were found
   */
  private static int compare(
      List<Payment> payments, GraphSettings settings, int count, int stopEvery) {
    GraphConfig config = new GraphConfig(settings, PatternSettings.everything(), count);
    TemporalGraph kernel = new TemporalGraph(settings);
    BruteForce oracle = new BruteForce(settings);
    List<HeapLogStore> stores = new ArrayList<>();
    List<Replica> replicas = new ArrayList<>();
    for (int replica = 0; replica < count; replica++) {
      stores.add(new HeapLogStore());
      replicas.add(new Replica(config, stores.get(replica)));
    }
    int cycles = 0;
    int place = 0;
    for (Payment payment : payments) {
      place++;
      if (stopEvery > 0 && place % stopEvery == 0) {
        int stopped = place / stopEvery % count;
        replicas.get(stopped).flush();
        stores.set(stopped, stores.get(stopped).checkpoint());
        replicas.set(stopped, new Replica(config, stores.get(stopped)));
      }
      Findings expected = new Findings(kernel.layout());
      Outcome outcome = kernel.add(payment, expected);
      Findings found = searched(replicas, payment, expected);
      assertThat(found.values()).as("%s", payment).isEqualTo(expected.values());
      assertThat(found.cycles()).isEqualTo(expected.cycles());
      assertThat(found.middlemen()).isEqualTo(expected.middlemen());
      BruteForce.Answer answer = oracle.add(payment);
      assertThat(outcome).isEqualTo(answer.outcome());
      if (outcome == Outcome.ADDED) {
        answer
            .signals()
            .forEach((name, value) -> assertThat(named(kernel, found)).containsEntry(name, value));
        assertThat(paths(found)).isEqualTo(answer.cycles());
      }
      cycles += found.cycles().size();
    }
    return cycles;
  }

  /** One replica searches, the others keep. */
  private static Findings searched(List<Replica> replicas, Payment payment, Findings shape) {
    Findings found = new Findings(replicas.get(0).graph().layout());
    assertThat(found.values()).hasSameSizeAs(shape.values());
    int owner = Math.floorMod((payment.id() * 0x9E3779B97F4A7C15L) >>> 32, replicas.size());
    for (int replica = 0; replica < replicas.size(); replica++) {
      if (replica == owner) {
        replicas.get(replica).search(payment, found);
      } else {
        replicas.get(replica).keep(payment);
      }
    }
    return found;
  }

  private static Map<String, Double> named(TemporalGraph kernel, Findings findings) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < kernel.layout().size(); i++) {
      named.put(kernel.layout().names().get(i), findings.values()[i]);
    }
    return named;
  }

  private static Set<List<Long>> paths(Findings findings) {
    Set<List<Long>> paths = new HashSet<>();
    for (List<Hop> cycle : findings.cycles()) {
      paths.add(Objects.requireNonNull(cycle).stream().map(Hop::payment).toList());
    }
    return paths;
  }
}
