package dev.tidegate.graphaml.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Patterns as a reader draws them, hubs, and what bounds cut off. */
class PatternsTest {
  private static final long START_MS = 1_700_000_000_000L;

  private final List<Hop> expected = new ArrayList<>();
  private long ids;

  private static GraphSettings settings(int hubDegree, int steps, int listed) {
    GraphSettings ready = GraphSettings.defaults();
    return new GraphSettings(
        ready.windows(),
        ready.horizons(),
        new GraphSettings.Limits(hubDegree, GraphSettings.COUNTED_HOPS, steps, listed),
        ready.tolerance(),
        ready.currencies());
  }

  private static final class Bench {
    private final TemporalGraph graph;
    private final Findings findings;

    Bench(GraphSettings settings) {
      graph = new TemporalGraph(settings);
      findings = new Findings(graph.layout());
    }
  }

  private Findings pay(Bench bench, long from, long to, long minute, long amount) {
    Payment payment = new Payment(ids++, from, to, START_MS + minute * 60_000, amount, 0);
    assertThat(bench.graph.add(payment, bench.findings)).isEqualTo(Outcome.ADDED);
    expected.add(new Hop(payment.id(), from, to, payment.timeMs(), amount));
    return bench.findings;
  }

  @Test
  void shouldTellTheMoneyPathOfACycleOfSixHops() {
    Bench bench = new Bench(GraphSettings.defaults());
    for (int i = 1; i < 6; i++) {
      assertThat(pay(bench, i, i + 1, 10L * i, 100_000 - 2_000L * i).cycles()).isEmpty();
    }
    Findings closing = pay(bench, 6, 1, 60, 88_000);
    assertThat(closing.cycles()).containsExactly(expected);
    assertThat(closing.get(Pattern.CYCLES_6)).isEqualTo(1);
    assertThat(closing.get(Pattern.CYCLES_CONSERVED)).isEqualTo(1);
    assertThat(closing.get(Pattern.UPSTREAM_3)).isEqualTo(1);
    assertThat(closing.get(Pattern.PASS_THROUGH_MATCHED_MS)).isEqualTo(10 * 60_000);
  }

  @Test
  void shouldListCyclesOfUpToTwelvePaymentsWhereAskedForAndCountThemInNoSignalOfOthers() {
    for (int length = 7; length <= GraphSettings.MOST_HOPS + 1; length++) {
      Findings plain = ring(new Bench(GraphSettings.defaults()), length);
      assertThat(plain.cycles()).isEmpty();
      expected.clear();
      Findings closing = ring(new Bench(hops(GraphSettings.MOST_HOPS)), length);
      assertThat(closing.values()).isEqualTo(plain.values());
      List<List<Hop>> listed =
          length <= GraphSettings.MOST_HOPS ? List.of(List.copyOf(expected)) : List.of();
      assertThat(closing.cycles()).isEqualTo(listed);
      Findings counted = ring(new Bench(hops(GraphSettings.MOST_HOPS, true)), length);
      assertThat(counted.values()).startsWith(plain.values()).hasSize(plain.values().length + 3);
      boolean found = length <= GraphSettings.MOST_HOPS;
      Double hops = Double.valueOf(found ? length : Double.NaN);
      assertThat(counted.get(Pattern.CYCLES_LONGER)).isEqualTo(found ? 1 : 0);
      assertThat(counted.get(Pattern.CYCLES_LONGER_LEAST)).isEqualTo(hops);
      assertThat(counted.get(Pattern.CYCLES_LONGER_MOST)).isEqualTo(hops);
    }
  }

  private Findings ring(Bench bench, int length) {
    for (int i = 1; i < length; i++) {
      pay(bench, i, i + 1, 10L * i, 100_000);
    }
    return pay(bench, length, 1, 10L * length, 100_000);
  }

  @Test
  void shouldTellTheShortestAndTheLongestOfLongerCyclesAndWhatTheirSearchLeftOut() {
    Bench bench = new Bench(hops(GraphSettings.MOST_HOPS, true));
    for (int i = 1; i < 9; i++) {
      pay(bench, i, i + 1, 10L * i, 100_000);
    }
    pay(bench, 2, 4, 30, 100_000);
    Findings closing = pay(bench, 9, 1, 90, 100_000);
    assertThat(closing.get(Pattern.CYCLES_LONGER)).isEqualTo(2);
    assertThat(closing.get(Pattern.CYCLES_LONGER_LEAST)).isEqualTo(8);
    assertThat(closing.get(Pattern.CYCLES_LONGER_MOST)).isEqualTo(9);
    assertThat(closing.get(Pattern.SEARCH_DROPPED)).isZero();
    GraphSettings few = Streams.counting(GraphSettings.defaults(), 12, 8);
    Findings cut = ring(new Bench(few), 12);
    assertThat(cut.get(Pattern.CYCLES_LONGER)).isZero();
    assertThat(cut.get(Pattern.SEARCH_DROPPED)).isPositive();
  }

  @Test
  void shouldFollowMoneyBackThroughAccountsThatPassedItOn() {
    Bench bench = new Bench(Streams.following(GraphSettings.defaults()));
    assertThat(pay(bench, 1, 2, 0, 100_000).get(Pattern.TRAIL_HOPS)).isZero();
    pay(bench, 7, 2, 1, 500_000); // not the same money
    pay(bench, 2, 3, 60, 98_000);
    pay(bench, 8, 3, 70, 90_000); // less than what went on
    Findings last = pay(bench, 3, 4, 90, 95_000);
    assertThat(last.get(Pattern.TRAIL_HOPS)).isEqualTo(2);
    assertThat(last.get(Pattern.TRAIL_SHARE)).isEqualTo(95.0 / 98);
    assertThat(last.get(Pattern.TRAIL_SINCE_MS)).isEqualTo(30 * 60_000.0);
    assertThat(last.get(Pattern.TRAIL_ORIGIN_SHARE)).isEqualTo(0.95);
    assertThat(last.get(Pattern.TRAIL_ORIGIN_MS)).isEqualTo(90 * 60_000.0);
    Findings back = pay(bench, 4, 1, 100, 95_000);
    assertThat(back.get(Pattern.TRAIL_HOPS)).as("the payee is on no trail to it").isEqualTo(2);
    Findings alone = pay(bench, 9, 9, 110, 95_000);
    assertThat(alone.get(Pattern.TRAIL_HOPS)).isZero();
    assertThat(alone.get(Pattern.TRAIL_SHARE)).isNaN();
  }

  @Test
  void shouldFollowMoneyThroughTwelvePaymentsAtMost() {
    Bench bench = new Bench(Streams.following(GraphSettings.defaults()));
    for (int i = 1; i <= Trail.MOST_HOPS + 2; i++) {
      double expected = Math.min(i - 1, Trail.MOST_HOPS);
      Findings findings = pay(bench, i, i + 1, 10L * i, 100_000);
      assertThat(findings.get(Pattern.TRAIL_HOPS)).isEqualTo(expected);
    }
  }

  /** Of payments of one time the least that fits goes first, however they stand. */
  @Test
  void shouldFollowTheSameMoneyInWhateverOrderPaymentsOfOneTimeCame() {
    for (long[] amounts : new long[][] {{99_000, 97_000, 98_000}, {97_000, 98_000, 99_000}}) {
      Bench bench = new Bench(Streams.following(GraphSettings.defaults()));
      for (long amount : amounts) {
        pay(bench, amount, 2, 10, amount);
      }
      assertThat(pay(bench, 2, 3, 20, 97_000).get(Pattern.TRAIL_SHARE)).isEqualTo(1);
    }
  }

  private static GraphSettings hops(int most, boolean counted) {
    return counted ? Streams.counting(GraphSettings.defaults(), most, 2_000) : hops(most);
  }

  private static GraphSettings hops(int most) {
    GraphSettings plain = GraphSettings.defaults();
    GraphSettings.Limits limits = plain.limits();
    return new GraphSettings(
        plain.windows(),
        plain.horizons(),
        new GraphSettings.Limits(
            limits.hubDegree(), most, limits.searchSteps(), limits.listedPaths()),
        plain.tolerance(),
        plain.currencies());
  }

  @Test
  void shouldNotTakeAPathAgainstTimeForACycle() {
    Bench bench = new Bench(GraphSettings.defaults());
    pay(bench, 2, 3, 1, 100);
    pay(bench, 1, 2, 2, 100);
    assertThat(pay(bench, 3, 1, 3, 100).get(Pattern.CYCLES_3)).isZero();
  }

  @Test
  void shouldCountParallelPaymentsAsCyclesOfTheirOwn() {
    Bench bench = new Bench(GraphSettings.defaults());
    pay(bench, 1, 2, 1, 100);
    pay(bench, 1, 2, 1, 100);
    Findings closing = pay(bench, 2, 1, 2, 30);
    assertThat(closing.get(Pattern.CYCLES_2)).isEqualTo(2);
    assertThat(closing.get(Pattern.CYCLES_CONSERVED)).isZero();
    assertThat(closing.cycles()).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void shouldCountMiddlemenBetweenAPairAndTellThem() {
    Bench bench = new Bench(GraphSettings.defaults());
    for (int m = 10; m < 15; m++) {
      pay(bench, 1, m, m, 1_000);
    }
    pay(bench, 3, 10, 16, 700);
    Findings findings = bench.findings;
    for (int m = 10; m < 15; m++) {
      findings = pay(bench, m, 2, m + 10, 950);
      assertThat(findings.get(Pattern.SCATTER_GATHER)).isEqualTo(m - 9);
    }
    assertThat(findings.get(Pattern.SCATTER_GATHER_ORIGINS)).isEqualTo(1);
    assertThat(findings.middlemen()).hasSize(10).doesNotHaveDuplicates();
    assertThat(expected).containsAll(findings.middlemen());
    assertThat(findings.middlemen().stream().filter(hop -> hop.from() == 1).map(Hop::to))
        .containsExactlyInAnyOrder(10L, 11L, 12L, 13L, 14L);
  }

  @Test
  void shouldMeasureAGatheringThatIsScattered() {
    Bench bench = new Bench(GraphSettings.defaults());
    for (int i = 0; i < 5; i++) {
      pay(bench, 100 + i, 1, i, 1_000);
    }
    Findings findings = bench.findings;
    for (int i = 0; i < 4; i++) {
      findings = pay(bench, 1, 200 + i, 10 + i, 1_200);
    }
    assertThat(findings.get(Pattern.SOURCE_GATHER_SCATTER)).isEqualTo(4);
    assertThat(findings.get(Pattern.SOURCE_RETAINED)).isEqualTo(0.04);
    assertThat(bench.graph.paymentsIn(1, 10)).containsExactlyInAnyOrderElementsOf(firsts(5));
    assertThat(bench.graph.paymentsOut(1, 2).stream().map(Hop::to)).containsExactly(203L, 202L);
  }

  private List<Hop> firsts(int count) {
    return expected.subList(0, count);
  }

  @Test
  void shouldCountAmountsUnderTheLimitAndRoundOnes() {
    Bench bench = new Bench(GraphSettings.defaults());
    pay(bench, 1, 2, 1, 990_000);
    pay(bench, 1, 3, 2, 995_001);
    Findings findings = pay(bench, 1, 2, 3, 1_000_000);
    assertThat(findings.get(Pattern.SOURCE_UNDER_OUT)).isEqualTo(2);
    assertThat(findings.get(Pattern.SOURCE_ROUND_OUT)).isEqualTo(2);
    assertThat(findings.get(Pattern.TARGET_UNDER_IN)).isEqualTo(1);
    assertThat(findings.get(Pattern.UNDER_LIMIT)).isZero();
    assertThat(findings.get(Pattern.ROUND_AMOUNT)).isEqualTo(1);
  }

  @Test
  void shouldCountAHubAndNotLookIntoIt() {
    Bench bench = new Bench(settings(50, 10_000, 16));
    for (int i = 0; i < 3_000; i++) {
      pay(bench, 1_000 + i, 1, i / 10, 500);
    }
    pay(bench, 1, 2, 400, 500);
    Findings closing = pay(bench, 2, 1_000, 401, 500);
    assertThat(closing.get(Pattern.CYCLES_3)).isZero();
    assertThat(closing.get(Pattern.TOUCHES_HUB)).isEqualTo(1);
    assertThat(closing.get(Pattern.SOURCE_HUB)).isZero();
    Findings again = pay(bench, 1_000, 1, 402, 500);
    assertThat(again.get(Pattern.TARGET_HUB)).isEqualTo(1);
    assertThat(again.get(Pattern.UPSTREAM_1)).isEqualTo(1);
    double[] values = again.values();
    int place = SignalLayout.place(1, true, Ring.IN);
    assertThat(values[place]).isEqualTo(3_001);
    assertThat(values[place + 1]).isEqualTo(3_001 * 500.0);
    assertThat(values[place + 2]).isBetween(2_550.0, 3_450.0);
  }

  @Test
  void shouldTakeAListedAccountForAHub() {
    Bench bench = new Bench(GraphSettings.defaults());
    bench.graph.listHub(2, true);
    pay(bench, 1, 2, 1, 100);
    pay(bench, 2, 3, 2, 100);
    assertThat(pay(bench, 3, 1, 3, 100).get(Pattern.CYCLES_3)).isZero();
    bench.graph.listHub(2, false);
    assertThat(pay(bench, 3, 1, 4, 100).get(Pattern.CYCLES_3)).isEqualTo(1);
  }

  @Test
  void shouldCountCyclesBeyondThoseListed() {
    Bench bench = new Bench(settings(500, 10_000, 3));
    for (int i = 0; i < 8; i++) {
      pay(bench, 1, 2, i, 100);
    }
    Findings closing = pay(bench, 2, 1, 9, 100);
    assertThat(closing.get(Pattern.CYCLES_2)).isEqualTo(8);
    assertThat(closing.get(Pattern.CYCLES_UNLISTED)).isEqualTo(5);
    assertThat(closing.cycles()).hasSize(3);
    // The newest are listed.
    assertThat(closing.cycles().get(0).get(0)).isEqualTo(expected.get(7));
  }

  @Test
  void shouldCountPaymentsThatSearchesLeaveOut() {
    Bench bench = new Bench(settings(500, 20, 16));
    pay(bench, 2, 1, 0, 100);
    for (int i = 0; i < 21; i++) {
      pay(bench, 1, 100 + i, i, 100);
    }
    Findings closing = pay(bench, 2, 1, 30, 100);
    // The 21 payments out of account 1 are more than the search for cycles may look at.
    assertThat(closing.get(Pattern.SEARCH_DROPPED)).isEqualTo(21);
    assertThat(closing.get(Pattern.CYCLES_2)).isZero();
  }

  @Test
  void shouldForgetAccountsAndUseTheirNumbersAgain() {
    Bench bench = new Bench(GraphSettings.defaults());
    long hundredDays = 100 * 24 * 60;
    for (int era = 0; era < 20; era++) {
      for (int i = 0; i < 200; i++) {
        pay(bench, era * 1_000L + i, era * 1_000L + i + 1, era * hundredDays + i, 100);
      }
      assertThat(bench.graph.accounts()).isLessThanOrEqualTo(402);
    }
    Findings back = pay(bench, 5, 6, 20 * hundredDays, 100);
    assertThat(back.get(Pattern.SOURCE_AGE_MS)).isZero();
    assertThat(back.get(Pattern.SOURCE_DORMANT_MS)).isNaN();
    assertThat(back.get(Pattern.PAIR_NEW)).isEqualTo(1);
    assertThat(bench.graph.bytes()).isLessThan(3_000_000);
  }

  @Test
  void shouldRefuseBrokenPaymentsAndSettings() {
    TemporalGraph graph = new TemporalGraph(GraphSettings.defaults());
    Findings findings = new Findings(graph.layout());
    assertThatThrownBy(() -> graph.add(new Payment(1, 1, 2, START_MS, 1, 7), findings))
        .hasMessageContaining("currency 7");
    assertThatThrownBy(() -> settings(0, 1, 1)).hasMessageContaining("hubDegree");
    assertThatThrownBy(() -> new TimeWindow("", 5)).hasMessageContaining("word");
    assertThatThrownBy(() -> new CurrencyRule("EUR", 0, 1, 0, 1)).hasMessageContaining("EUR");
    GraphSettings ready = GraphSettings.defaults();
    assertThatThrownBy(
            () ->
                new GraphSettings(
                    List.of(new TimeWindow("60d", 60 * TimeWindow.DAY.ms())),
                    ready.horizons(),
                    ready.limits(),
                    0,
                    ready.currencies()))
        .hasMessageContaining("45 days");
  }

  @Test
  void shouldTellRepeatsAndPaymentsThatAreTooLate() {
    TemporalGraph graph = new TemporalGraph(GraphSettings.defaults());
    Findings findings = new Findings(graph.layout());
    Payment first = new Payment(1, 1, 2, START_MS, 100, 0);
    long hour = TimeWindow.HOUR.ms();
    assertThat(graph.add(first, findings)).isEqualTo(Outcome.ADDED);
    assertThat(graph.add(first, findings)).isEqualTo(Outcome.REPEATED);
    assertThat(findings.values()).containsOnly(0);
    graph.add(new Payment(2, 3, 4, START_MS + hour + 1, 100, 0), findings);
    assertThat(graph.add(first, findings)).isEqualTo(Outcome.TOO_LATE);
    assertThat(graph.add(new Payment(3, 1, 2, START_MS + 1, 100, 0), findings))
        .isEqualTo(Outcome.ADDED);
  }

  @Test
  void shouldEstimateDistinctPeersInAnyWindow() {
    TimedSketch sketch = new TimedSketch();
    for (int i = 0; i < 100_000; i++) {
      sketch.add(i, i);
      sketch.add(i / 2, i);
    }
    assertThat(sketch.since(-1)).isBetween(80_000.0, 120_000.0);
    assertThat(sketch.since(89_999)).isBetween(12_000.0, 18_000.0);
    assertThat(sketch.since(99_979)).isBetween(25.0, 36.0);
    assertThat(sketch.since(100_000)).isZero();
  }
}
