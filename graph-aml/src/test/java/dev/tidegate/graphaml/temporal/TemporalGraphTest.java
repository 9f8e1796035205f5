package dev.tidegate.graphaml.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.BruteForce.Answer;
import java.util.ArrayList;
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

/** The graph against an oracle that looks at every payment that ever came. */
class TemporalGraphTest {
  @Property(tries = 250)
  void shouldEqualBruteForceOnDenseStreams(@ForAll("dense") List<Payment> payments) {
    compare(payments, Streams.unbounded(12), 0);
  }

  @Property(tries = 250)
  void shouldEqualBruteForceOnWideStreams(@ForAll("wide") List<Payment> payments) {
    compare(payments, Streams.unbounded(9), 3);
  }

  @Property(tries = 100)
  void shouldEqualBruteForceOnCyclesOfUpToNinePayments(@ForAll("sparse") List<Payment> payments) {
    compare(payments, Streams.deep(12), 0);
  }

  @Property(tries = 150)
  void shouldEqualBruteForceWhereMostAccountsAreHubs(@ForAll("dense") List<Payment> payments) {
    compare(payments, Streams.unbounded(3), 1);
  }

  @Property(tries = 200)
  void shouldNotLookAhead(
      @ForAll("wide") List<Payment> payments, @ForAll("wide") List<Payment> others) {
    expectNoLookahead(payments, others, Streams.unbounded(12));
  }

  @Property(tries = 50)
  void shouldNotLookAheadForLongerCycles(
      @ForAll("sparse") List<Payment> payments, @ForAll("sparse") List<Payment> others) {
    expectNoLookahead(payments, others, Streams.deep(12));
  }

  private static void expectNoLookahead(
      List<Payment> payments, List<Payment> others, GraphSettings settings) {
    int common = payments.size() / 2;
    List<Payment> fork = new ArrayList<>(payments.subList(0, common));
    fork.addAll(others);
    assertThat(answers(fork, settings).subList(0, common))
        .isEqualTo(answers(payments, settings).subList(0, common));
  }

  @Property(tries = 100)
  void shouldAnswerAfterARestoreAsIfItHadNeverStopped(@ForAll("wide") List<Payment> payments) {
    expectTheSameAfterARestore(payments, Streams.unbounded(12));
  }

  /** What is restored are payments, so that longer cycles may be counted from then on. */
  @Property(tries = 50)
  void shouldCountLongerCyclesAfterARestoreAsIfItAlwaysHad(
      @ForAll("sparse") List<Payment> payments) {
    expectTheSameAfterARestore(payments, Streams.deep(12));
  }

  private static void expectTheSameAfterARestore(List<Payment> payments, GraphSettings settings) {
    TemporalGraph graph = new TemporalGraph(settings);
    Findings findings = new Findings(graph.layout());
    int answered = payments.size() / 2;
    payments.subList(0, answered).forEach(graph::restore);
    List<Map<String, Double>> expected = answers(payments, settings);
    for (int i = answered; i < payments.size(); i++) {
      graph.add(payments.get(i), findings);
      assertThat(named(graph, findings)).isEqualTo(expected.get(i));
    }
  }

  @Property(tries = 100)
  void shouldTellTheSameOfPaymentsWhateverCameBeforeTheirWindows(
      @ForAll("wide") List<Payment> payments) {
    long gapMs = 50L * 86_400_000L + 12_345;
    List<Payment> twice = new ArrayList<>(payments);
    payments.forEach(p -> twice.add(moved(p, gapMs - gapMs % 200 + 200)));
    List<Map<String, Double>> answers = answers(twice);
    assertThat(answers.subList(payments.size(), twice.size()))
        .isEqualTo(answers.subList(0, payments.size()));
  }

  /**
   * A long dense stream, so that every signal is compared at many values and every cycle length.
   */
  @Test
  void shouldEqualBruteForceAtManyValuesOfEverySignal() {
    Map<String, Set<Double>> met = new HashMap<>();
    Random random = new Random(20_260_101);
    for (int degree : new int[] {8, 14, 30}) {
      compare(Streams.random(random, 500), Streams.unbounded(degree), 5, met);
    }
    assertThat(met).hasSize(new SignalLayout(Streams.unbounded(9)).size());
    met.remove("search_dropped");
    met.remove("cycles_unlisted");
    assertThat(met).allSatisfy((name, values) -> assertThat(values).as(name).hasSizeGreaterThan(1));
    assertThat(met.get("cycles_6")).hasSizeGreaterThan(2);
    assertThat(met.get("scatter_gather")).hasSizeGreaterThan(4);
    assertThat(met.get("source_gather_scatter")).hasSizeGreaterThan(3);
  }

  /** As above, for the signals of longer cycles. */
  @Test
  void shouldEqualBruteForceAtManyValuesOfLongerCycles() {
    Map<String, Set<Double>> met = new HashMap<>();
    compare(Streams.random(new Random(20_260_102), 250), Streams.deep(30), 0, met);
    assertThat(met.get("cycles_longer")).hasSizeGreaterThan(2);
    assertThat(met.get("cycles_longer_least")).hasSizeGreaterThan(1);
    assertThat(met.get("cycles_longer_most")).hasSizeGreaterThan(1);
  }

  /** As above, for the signals of trails. */
  @Test
  void shouldEqualBruteForceAtManyValuesOfTrails() {
    Map<String, Set<Double>> met = new HashMap<>();
    GraphSettings settings = Streams.following(Streams.unbounded(40));
    compare(Streams.random(new Random(20_260_103), 500), settings, 0, met);
    assertThat(met).hasSize(new SignalLayout(settings).size());
    assertThat(met.get("trail_hops")).hasSizeGreaterThan(4);
    assertThat(met.get("trail_share")).hasSizeGreaterThan(4);
    assertThat(met.get("trail_origin_share")).hasSizeGreaterThan(4);
    assertThat(met.get("trail_since_ms")).hasSizeGreaterThan(20);
    assertThat(met.get("trail_origin_ms")).hasSizeGreaterThan(20);
  }

  private static Payment moved(Payment payment, long ms) {
    return new Payment(
        payment.id() + 1_000_000,
        payment.source(),
        payment.target(),
        payment.timeMs() + ms,
        payment.amountMinor(),
        payment.currency());
  }

  @Provide
  Arbitrary<List<Payment>> dense() {
    return Streams.of(60, 5);
  }

  @Provide
  Arbitrary<List<Payment>> sparse() {
    return Streams.of(70, 9);
  }

  @Provide
  Arbitrary<List<Payment>> wide() {
    return Streams.of(110, 9);
  }

  private static List<Map<String, Double>> answers(List<Payment> payments) {
    return answers(payments, Streams.unbounded(12));
  }

  private static List<Map<String, Double>> answers(List<Payment> payments, GraphSettings settings) {
    TemporalGraph graph = new TemporalGraph(settings);
    Findings findings = new Findings(graph.layout());
    List<Map<String, Double>> answers = new ArrayList<>();
    for (Payment payment : payments) {
      graph.add(payment, findings);
      answers.add(named(graph, findings));
    }
    return answers;
  }

  /** Compares all answers; each so many payments an account is listed as hub or marked as risky. */
  private static void compare(List<Payment> payments, GraphSettings settings, int every) {
    compare(payments, settings, every, new HashMap<>());
  }

  private static void compare(
      List<Payment> payments, GraphSettings settings, int every, Map<String, Set<Double>> met) {
    TemporalGraph graph = new TemporalGraph(settings);
    BruteForce oracle = new BruteForce(settings);
    Findings findings = new Findings(graph.layout());
    Map<Long, Payment> byId = new HashMap<>();
    int i = 0;
    for (Payment payment : payments) {
      if (every > 0 && i % (4 * every) == 3) {
        boolean on = i % 3 != 0;
        graph.markRisky(payment.target(), on);
        oracle.markRisky(payment.target(), on);
      }
      if (every > 1 && i % 10 == 7) {
        boolean on = i % 20 == 7;
        graph.listHub(payments.get(i % 7).source(), on);
        oracle.listHub(payments.get(i % 7).source(), on);
      }
      i++;
      byId.put(payment.id(), payment);
      Outcome outcome = graph.add(payment, findings);
      Answer answer = oracle.add(payment);
      assertThat(outcome).isEqualTo(answer.outcome());
      if (outcome == Outcome.ADDED) {
        assertThat(named(graph, findings)).as("%s", payment).isEqualTo(inOrder(graph, answer));
        named(graph, findings)
            .forEach((name, value) -> met.computeIfAbsent(name, n -> new HashSet<>()).add(value));
        assertThat(paths(findings)).isEqualTo(answer.cycles());
        shouldTellPaymentsAsTheyCame(findings, byId, settings);
      }
    }
  }

  private static Map<String, Double> named(TemporalGraph graph, Findings findings) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < graph.layout().size(); i++) {
      named.put(graph.layout().names().get(i), findings.values()[i]);
    }
    return named;
  }

  private static Map<String, Double> inOrder(TemporalGraph graph, Answer answer) {
    Map<String, Double> named = new LinkedHashMap<>();
    graph.layout().names().forEach(name -> named.put(name, answer.signals().get(name)));
    assertThat(named.keySet()).containsAll(answer.signals().keySet());
    return named;
  }

  private static Set<List<Long>> paths(Findings findings) {
    Set<List<Long>> paths = new HashSet<>();
    for (List<Hop> cycle : findings.cycles()) {
      assertThat(paths.add(cycle.stream().map(Hop::payment).toList())).isTrue();
    }
    return paths;
  }

  private static void shouldTellPaymentsAsTheyCame(
      Findings findings, Map<Long, Payment> byId, GraphSettings settings) {
    List<Hop> hops = new ArrayList<>(findings.middlemen());
    findings.cycles().forEach(hops::addAll);
    for (Hop hop : hops) {
      Payment payment = byId.get(hop.payment());
      long value = settings.currencies().get(payment.currency()).value(payment.amountMinor());
      assertThat(hop)
          .isEqualTo(
              new Hop(payment.id(), payment.source(), payment.target(), payment.timeMs(), value));
    }
    int middlemen = (int) findings.get(Pattern.SCATTER_GATHER);
    assertThat(findings.middlemen()).hasSize(middlemen > 1 ? 2 * middlemen : 0);
    for (int i = 0; i < findings.middlemen().size(); i += 2) {
      assertThat(findings.middlemen().get(i).timeMs())
          .isLessThanOrEqualTo(findings.middlemen().get(i + 1).timeMs());
      assertThat(findings.middlemen().get(i).to())
          .isEqualTo(findings.middlemen().get(i + 1).from());
      assertThat(findings.middlemen().get(i).from()).isEqualTo(findings.middlemen().get(0).from());
    }
  }
}
