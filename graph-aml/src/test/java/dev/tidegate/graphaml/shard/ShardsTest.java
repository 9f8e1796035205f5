package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Shards against the kernel, which is tested against brute force: the same signals, paths and
 * evidence, whatever order messages come in.
 */
class ShardsTest {
  private static final long BOUND_MS = 250;

  @Property(tries = 150)
  void shouldEqualTheKernelOnDenseStreams(@ForAll("dense") List<Payment> payments) {
    compare(payments, Streams.unbounded(12), 1 + payments.size() % 4, false);
  }

  @Property(tries = 150)
  void shouldEqualTheKernelOnWideStreams(@ForAll("wide") List<Payment> payments) {
    compare(payments, Streams.unbounded(9), 1 + payments.size() % 4, true);
  }

  @Property(tries = 80)
  void shouldEqualTheKernelWhereMostAccountsAreHubs(@ForAll("dense") List<Payment> payments) {
    compare(payments, Streams.unbounded(3), 3, true);
  }

  @Property(tries = 60)
  void shouldListTheSamePathsWhereTheyAreMoreThanAreListed(
      @ForAll("dense") List<Payment> payments) {
    compare(payments, Streams.settings(14, Integer.MAX_VALUE, 3), 2, false);
  }

  @Property(tries = 60)
  void shouldNotLookAhead(@ForAll("wide") List<Payment> payments) {
    Map<Long, Found> all = run(payments, Streams.unbounded(9), 2, Set.of(), Set.of());
    List<Payment> some = inOrder(payments).subList(0, payments.size() / 2);
    run(some, Streams.unbounded(9), 3, Set.of(), Set.of())
        .forEach((id, found) -> assertThat(found.values()).isEqualTo(all.get(id).values()));
  }

  @Provide
  Arbitrary<List<Payment>> dense() {
    return Streams.of(60, 5);
  }

  @Provide
  Arbitrary<List<Payment>> wide() {
    return Streams.of(110, 9);
  }

  /** A long dense stream: every signal is compared at many values and every cycle length. */
  @Test
  void shouldEqualTheKernelAtManyValuesOfEverySignal() {
    Random random = new Random(20_260_102);
    Map<String, Set<Double>> met = new HashMap<>();
    for (int degree : new int[] {8, 14, 30}) {
      List<Payment> payments = Streams.random(random, 500);
      Map<Long, Found> found = compare(payments, Streams.unbounded(degree), 4, true);
      List<String> names = new SignalLayout(Streams.unbounded(9)).names();
      for (Found one : found.values()) {
        for (int i = 0; i < names.size(); i++) {
          met.computeIfAbsent(names.get(i), n -> new HashSet<>()).add(one.values()[i]);
        }
      }
    }
    met.remove("search_dropped");
    met.remove("cycles_unlisted");
    assertThat(met).allSatisfy((name, values) -> assertThat(values).as(name).hasSizeGreaterThan(1));
    assertThat(met.get("cycles_6")).hasSizeGreaterThan(2);
    assertThat(met.get("scatter_gather")).hasSizeGreaterThan(4);
  }

  /** Whatever a small number of steps leaves out is said to be left out. */
  @Property(tries = 60)
  void shouldSayWhereStepsWereTooFew(@ForAll("wide") List<Payment> payments) {
    Map<Long, Found> exact = run(payments, Streams.unbounded(30), 2, Set.of(), Set.of());
    GraphSettings few = Streams.settings(30, 40, Integer.MAX_VALUE);
    int dropped = new SignalLayout(few).names().indexOf("search_dropped");
    run(payments, few, 2, Set.of(), Set.of())
        .forEach(
            (id, found) -> {
              if (found.values()[dropped] == 0) {
                assertThat(found.values()).isEqualTo(exact.get(id).values());
              }
            });
  }

  private static Map<Long, Found> run(
      List<Payment> payments, GraphSettings graph, int shards, Set<Long> hubs, Set<Long> risky) {
    List<Payment> arriving = new ArrayList<>(payments);
    Random random = new Random(payments.size());
    Map<Payment, Long> arrival = new HashMap<>();
    payments.forEach(p -> arrival.put(p, p.timeMs() + random.nextInt((int) BOUND_MS)));
    arriving.sort(Comparator.comparingLong(arrival::get));
    return new Shards(new ShardSettings(graph, 0, 5, hubs, risky), shards, random.nextLong())
        .run(arriving, BOUND_MS);
  }

  private static List<Payment> inOrder(List<Payment> payments) {
    return payments.stream()
        .sorted(Comparator.comparingLong(Payment::timeMs).thenComparingLong(Payment::id))
        .toList();
  }

  /** Compares all that is found; some accounts are listed as hubs or marked as risky. */
  private static Map<Long, Found> compare(
      List<Payment> payments, GraphSettings graph, int shards, boolean marks) {
    Set<Long> hubs = marks ? Set.of(payments.get(0).source()) : Set.of();
    Set<Long> risky = marks ? Set.of(payments.get(payments.size() / 2).target()) : Set.of();
    Map<Long, Found> found = run(payments, graph, shards, hubs, risky);
    TemporalGraph kernel = new TemporalGraph(graph);
    hubs.forEach(account -> kernel.listHub(account, true));
    risky.forEach(account -> kernel.markRisky(account, true));
    Findings findings = new Findings(kernel.layout());
    int added = 0;
    for (Payment payment : inOrder(payments)) {
      if (kernel.add(payment, findings) == Outcome.ADDED) {
        added++;
        Found one = found.get(payment.id());
        assertThat(one).as("%s", payment).isNotNull();
        assertThat(named(kernel, one.values()))
            .as("%s", payment)
            .isEqualTo(named(kernel, findings.values()));
        assertThat(one.cycles()).isEqualTo(findings.cycles());
        assertThat(one.middlemen()).isEqualTo(findings.middlemen());
        assertThat(one.late() || one.cut()).isFalse();
      }
    }
    assertThat(found).hasSize(added);
    return found;
  }

  private static Map<String, Double> named(TemporalGraph kernel, double[] values) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(kernel.layout().names().get(i), values[i]);
    }
    return named;
  }
}
