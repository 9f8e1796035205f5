package dev.tidegate.graphaml.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.graphaml.temporal.TimeWindow;
import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.EvidenceRole;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTrackerTest {
  private static final GraphSettings LOOKED =
      new GraphSettings(
          List.of(new TimeWindow("short", 100), new TimeWindow("long", 300)),
          new GraphSettings.Horizons(50, 2_000, 200),
          new GraphSettings.Limits(1_000, 6, 1_000_000, 1_000),
          0.15,
          List.of(new CurrencyRule("EUR", 1, 0, 0, 0)));
  private static final PatternSettings SETTINGS = settings(1_000);

  private static PatternSettings settings(int payments) {
    return new PatternSettings(
        new PatternSettings.Widths(3, 4, 4, 3, 2, 3),
        new PatternSettings.Times(120, 250, 700),
        new PatternSettings.Bounds(payments, payments));
  }

  /** A graph, its episodes and what they told. */
  private static final class Run implements EpisodeStore {
    final TemporalGraph graph;
    final Findings findings;
    final Map<Long, Payment> payments = new HashMap<>();
    final Map<String, byte[]> stored = new TreeMap<>();
    final List<PatternAlert> told = new ArrayList<>();
    final PatternSettings settings;
    PatternTracker tracker;

    Run(PatternSettings settings) {
      this(settings, LOOKED);
    }

    Run(PatternSettings settings, GraphSettings looked) {
      this.settings = settings;
      graph = new TemporalGraph(looked);
      findings = new Findings(graph.layout());
      tracker = new PatternTracker(settings, looked, graph, this, "digest");
    }

    /** True if the graph took it. */
    boolean add(Payment payment) {
      if (graph.add(payment, findings) != Outcome.ADDED) {
        return false;
      }
      payments.put(payment.id(), payment);
      told.addAll(
          tracker.added(
              payment,
              findings,
              new PatternTracker.Arrival("p" + payment.id(), payment.timeMs() + 1),
              this::edge));
      return true;
    }

    /** Stops after a checkpoint and goes on from it. */
    void stop() {
      tracker.flush();
      tracker = new PatternTracker(settings, LOOKED, graph, this, "digest");
    }

    private Edge edge(Hop hop) {
      Payment payment = payments.get(hop.payment());
      assertThat(payment).isNotNull();
      return EdgeBytes.read(
          EdgeBytes.bytes(
              new Edge(
                  hop,
                  "p" + hop.payment(),
                  "a" + hop.from(),
                  "a" + hop.to(),
                  payment.amountMinor(),
                  "EUR")));
    }

    @Override
    public void each(Consumer<byte[]> reader) {
      stored.values().forEach(reader);
    }

    @Override
    public void put(String id, byte[] episode) {
      stored.put(id, episode);
    }

    @Override
    public void remove(String id) {
      stored.remove(id);
    }
  }

  private static List<Payment> payments(long seed, int count, int accounts) {
    Random random = new Random(seed);
    List<Payment> payments = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(120);
      timeMs += kind == 0 ? 400 : random.nextInt(3) == 0 ? 0 : random.nextInt(40);
      payments.add(
          new Payment(
              i,
              random.nextInt(accounts),
              random.nextInt(accounts),
              timeMs - (random.nextInt(6) == 0 ? random.nextInt(60) : 0),
              80 + random.nextInt(40) - (random.nextInt(30) == 0 ? 200 : 0),
              0));
    }
    return payments;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldTellTheEpisodesThatBruteForceFinds(long seed) {
    Run run = new Run(SETTINGS);
    EpisodeOracle oracle = new EpisodeOracle(SETTINGS, LOOKED);
    for (Payment payment : payments(seed, 700, 7 + (int) seed)) {
      if (run.add(payment)) {
        oracle.added(payment, run.findings);
      }
    }
    assertThat(oracle.courses).hasSizeGreaterThan(10);
    assertThat(oracle.courses.stream().map(c -> c.pattern).distinct()).hasSize(6);
    Map<String, PatternAlert> last = new TreeMap<>();
    run.told.forEach(alert -> last.put(alert.getAlertId(), alert));
    assertThat(last).hasSize(oracle.courses.size());
    for (EpisodeOracle.Course course : oracle.courses) {
      PatternAlert alert = last.get(course.id);
      assertThat(alert).as(course.toString()).isNotNull();
      assertThat(alert.getPattern()).isEqualTo(course.pattern);
      assertThat(alert.getState() == EpisodeState.CLOSED).isEqualTo(course.closed);
      if (course.closed) {
        assertThat(alert.getWidth()).as(course.toString()).isEqualTo(course.width);
        assertThat(ids(alert)).as(course.toString()).isEqualTo(course.payments);
      }
      assertThat(course.payments).containsAll(ids(alert));
    }
  }

  private static Set<Long> ids(PatternAlert alert) {
    Set<Long> ids = new TreeSet<>();
    for (EvidencePayment payment : alert.getEvidencePayments()) {
      ids.add(Long.valueOf(payment.getTransactionId().substring(1)));
    }
    assertThat(ids).hasSize(alert.getPayments());
    return ids;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void shouldTellTheSameThoughItStopsAgainAndAgain(long seed) {
    List<Payment> payments = payments(seed, 900, 9);
    Run whole = new Run(settings(12));
    Run stopped = new Run(settings(12));
    Random random = new Random(seed);
    for (Payment payment : payments) {
      whole.add(payment);
      stopped.add(payment);
      if (random.nextInt(25) == 0) {
        stopped.stop();
      }
    }
    assertThat(whole.told).hasSizeGreaterThan(100);
    assertThat(stopped.told).isEqualTo(whole.told);
  }

  @Test
  void shouldCountVersionsUpAndSayNothingAfterTheClosing() {
    Run run = new Run(SETTINGS);
    payments(21, 900, 9).forEach(run::add);
    Map<String, Integer> versions = new HashMap<>();
    Set<String> closed = new TreeSet<>();
    for (PatternAlert alert : run.told) {
      assertThat(closed).doesNotContain(alert.getAlertId());
      assertThat(versions.merge(alert.getAlertId(), 1, Integer::sum)).isEqualTo(alert.getVersion());
      if (alert.getState() == EpisodeState.CLOSED) {
        closed.add(alert.getAlertId());
      }
    }
    assertThat(closed).isNotEmpty();
  }

  @Test
  void shouldMakeOneAlertOfARingThatIsGoneRoundTwice() {
    Run run = new Run(SETTINGS);
    long[][] hops = {{1, 2, 100}, {2, 3, 99}, {3, 1, 97}, {1, 2, 96}, {2, 3, 95}, {3, 1, 94}};
    for (int i = 0; i < hops.length; i++) {
      run.add(new Payment(i, hops[i][0], hops[i][1], 1_000 + 10 * i, hops[i][2], 0));
    }
    List<PatternAlert> cycles = of(run, LaunderingPattern.CYCLE);
    assertThat(cycles)
        .extracting(PatternAlert::getAlertId)
        .hasSameElementsAs(List.of(cycles.get(0).getAlertId()));
    PatternAlert first = cycles.get(0);
    assertThat(first.getOpenedBy()).isEqualTo("p2");
    assertThat(first.getFocus()).isEqualTo("a1");
    assertThat(first.getEvidencePayments())
        .extracting(EvidencePayment::getTransactionId)
        .containsExactly("p0", "p1", "p2");
    assertThat(roles(first))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("a1", EvidenceRole.SOURCE, "a2", EvidenceRole.MULE, "a3", EvidenceRole.MULE));
    PatternAlert last = cycles.get(cycles.size() - 1);
    assertThat(last.getPayments()).isEqualTo(6);
    assertThat(last.getScore()).isEqualTo(0.5);
  }

  @Test
  void shouldMakeAnAlertOfALongRingAloneWhereItIsLookedFor() {
    GraphSettings deep =
        new GraphSettings(
            LOOKED.windows(),
            LOOKED.horizons(),
            new GraphSettings.Limits(1_000, 9, 1_000_000, 1_000),
            LOOKED.tolerance(),
            LOOKED.currencies());
    for (int length : new int[] {9, 10}) {
      Run run = new Run(SETTINGS, deep);
      for (int i = 0; i < length; i++) {
        run.add(new Payment(i, i, (i + 1) % length, 1_000 + 10 * i, 100, 0));
      }
      List<PatternAlert> cycles = of(run, LaunderingPattern.CYCLE);
      if (length == 9) {
        assertThat(cycles).hasSize(1);
        assertThat(cycles.get(0).getEvidencePayments()).hasSize(9);
        assertThat(roles(cycles.get(0))).hasSize(9);
      } else {
        assertThat(cycles).as("longer than is looked for").isEmpty();
      }
    }
  }

  @Test
  void shouldListNoMoreThanItsBoundsAndCountTheRest() {
    Run run = new Run(settings(8));
    for (int i = 0; i < 40; i++) {
      run.add(new Payment(i, 100 + i, 1, 1_000 + i, 50, 0));
    }
    List<PatternAlert> fans = of(run, LaunderingPattern.FAN_IN);
    assertThat(fans).extracting(PatternAlert::getAlertId).containsOnly(fans.get(0).getAlertId());
    assertThat(fans).hasSizeLessThan(20);
    PatternAlert last = fans.get(fans.size() - 1);
    assertThat(last.getEvidencePayments()).hasSizeLessThanOrEqualTo(8);
    assertThat(last.getEvidenceAccounts()).hasSize(8);
    assertThat(last.getPayments()).isGreaterThan(30);
    assertThat(last.getAccounts()).isEqualTo(last.getPayments() + 1);
    assertThat(roles(last)).containsEntry("a1", EvidenceRole.SINK);
    assertThat(last.getScore()).isGreaterThan(0.85);
  }

  @Test
  void shouldFollowAChainThatPassesTheSameMoneyOn() {
    Run run = new Run(SETTINGS);
    run.add(new Payment(0, 8, 2, 990, 300, 0));
    run.add(new Payment(1, 1, 2, 1_000, 100, 0));
    run.add(new Payment(2, 2, 3, 1_050, 98, 0));
    run.add(new Payment(3, 3, 4, 1_100, 97, 0));
    run.add(new Payment(4, 4, 5, 1_150, 95, 0));
    List<PatternAlert> chains = of(run, LaunderingPattern.PASS_THROUGH);
    assertThat(chains).hasSize(2);
    PatternAlert last = chains.get(1);
    assertThat(last.getAlertId()).isEqualTo(chains.get(0).getAlertId());
    assertThat(last.getFocus()).isEqualTo("a1");
    assertThat(last.getWidth()).isEqualTo(4);
    assertThat(roles(last))
        .containsEntry("a1", EvidenceRole.SOURCE)
        .containsEntry("a5", EvidenceRole.SINK)
        .containsEntry("a3", EvidenceRole.MULE);
  }

  private static List<PatternAlert> of(Run run, LaunderingPattern pattern) {
    return run.told.stream().filter(alert -> alert.getPattern() == pattern).toList();
  }

  private static Map<String, EvidenceRole> roles(PatternAlert alert) {
    Map<String, EvidenceRole> roles = new HashMap<>();
    for (EvidenceAccount account : alert.getEvidenceAccounts()) {
      roles.put(account.getAccount(), account.getRole());
    }
    return roles;
  }
}
