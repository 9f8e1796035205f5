package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.replica.ReplicaPipeline;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.temporal.BruteForce;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas in Flink against the one graph in Flink, and against brute force. */
@SuppressWarnings("try") // Flink's iterator closes with any exception
class ReplicaPipelineTest {
  private static final long HOUR_MS = 3_600_000;
  private static final int RING = 9;

  private static final List<Transaction> ARRIVING = arriving();

  @TempDir static Path shared;
  private static LayoutRun.Written one;

  @TempDir Path folder;

  @BeforeAll
  static void runTheOneGraph() throws Exception {
    one = LayoutRun.run(shared.resolve("one"), ARRIVING, GraphHarness.CONFIG, 1);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,2", "2,4", "4,2", "4,4", "2,70"})
  void shouldSayWhatTheOneGraphSaysOfPaymentsLateRepeatedAndLeftOutToo(
      int replicas, int parallelism) throws Exception {
    LayoutRun.Written more =
        replicas == 1
            ? alone(ARRIVING)
            : LayoutRun.run(
                folder.resolve("more"),
                ARRIVING,
                GraphHarness.CONFIG.withReplicas(replicas),
                parallelism);
    assertThat(one.signals().values()).filteredOn(GraphSignal::getLate).hasSizeGreaterThan(20);
    more.assertSaysWhat(one);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldFindEverySignalAndCyclePathOfBruteForce(int parallelism) throws Exception {
    GraphSettings graph = Streams.unbounded(20);
    List<Transaction> payments = random(graph, 500);
    Map<Long, Found> found = new HashMap<>();
    StreamExecutionEnvironment env = LayoutRun.environment(parallelism);
    try (CloseableIterator<Found> results =
        ReplicaPipeline.of(
                new GraphConfig(graph, PatternSettings.everything(), parallelism),
                LayoutRun.source(env, payments),
                true)
            .found()
            .executeAndCollect()) {
      results.forEachRemaining(one -> assertThat(found.put(one.id(), one)).isNull());
    }
    BruteForce oracle = new BruteForce(graph);
    List<String> names = new SignalLayout(graph).names();
    int cycles = 0;
    List<Transaction> taken = asTaken(payments);
    assertThat(taken).isNotEqualTo(ordered(payments));
    for (Transaction transaction : taken) {
      Payment payment = payment(graph, transaction);
      BruteForce.Answer answer = oracle.add(payment);
      assertThat(answer.outcome()).isEqualTo(Outcome.ADDED);
      Found one = Objects.requireNonNull(found.get(payment.id()));
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), one.values()[i]);
      }
      assertThat(values).containsAllEntriesOf(answer.signals());
      Set<List<Long>> paths = new HashSet<>();
      one.cycles().forEach(path -> paths.add(path.stream().map(Hop::payment).toList()));
      assertThat(paths).isEqualTo(answer.cycles());
      cycles += paths.size();
    }
    assertThat(found).hasSameSizeAs(payments);
    assertThat(cycles).isGreaterThan(500);
  }

  @Test
  void shouldAlertOnALongRingAsTheOneGraphDoesWhereItIsLookedFor() throws Exception {
    List<Transaction> arriving = new ArrayList<>(ARRIVING);
    List<String> ring = new ArrayList<>();
    long endMs = ARRIVING.stream().mapToLong(Transaction::getEventTimeMs).max().orElseThrow();
    for (int i = 0; i < RING; i++) {
      ring.add("ring-" + i);
      arriving.add(
          GraphPipelineTest.payment(
              "ring-" + i, endMs + i * HOUR_MS, "r" + i, "r" + (i + 1) % RING, 20_000 - 10 * i));
    }
    GraphConfig longer =
        new GraphConfig(hops(GraphSettings.MOST_HOPS), GraphHarness.CONFIG.patterns());
    LayoutRun.Written alone = LayoutRun.run(folder.resolve("alone"), arriving, longer, 1);
    for (int replicas : new int[] {2, 3}) {
      LayoutRun.Written more =
          LayoutRun.run(
              folder.resolve("more-" + replicas), arriving, longer.withReplicas(replicas), 2);
      more.assertSaysWhat(alone);
      assertThat(cycles(more)).contains(ring);
    }
    LayoutRun.Written counted =
        LayoutRun.run(folder.resolve("counted"), arriving, GraphHarness.CONFIG.withReplicas(2), 2);
    assertThat(cycles(counted)).isNotEmpty().doesNotContain(ring);
    assertThat(counted.signals()).as("no signal counts it").isEqualTo(alone.signals());
  }

  @Test
  void shouldCountLongerCyclesAsTheOneGraphDoesWhereTheyAreSignals() throws Exception {
    GraphSettings shipped = GraphHarness.CONFIG.graph();
    GraphConfig longer =
        new GraphConfig(
            Streams.counting(shipped, 9, shipped.limits().searchSteps()),
            GraphHarness.CONFIG.patterns());
    LayoutRun.Written alone = LayoutRun.run(folder.resolve("alone"), ARRIVING, longer, 1);
    LayoutRun.run(folder.resolve("more"), ARRIVING, longer.withReplicas(2), 2)
        .assertSaysWhat(alone);
    int place = SignalSet.of(longer.graph()).names().indexOf("cycles_longer");
    assertThat(alone.signals().values())
        .filteredOn(signal -> signal.getValues().get(place) > 0)
        .hasSizeGreaterThan(20);
    assertThat(alone.signals().values())
        .allMatch(signal -> signal.getSignalDigest().equals(SignalSet.of(longer.graph()).digest()));
  }

  @Test
  void shouldFollowMoneyAsTheOneGraphDoes() throws Exception {
    GraphConfig following =
        new GraphConfig(
            Streams.following(GraphHarness.CONFIG.graph()), GraphHarness.CONFIG.patterns());
    LayoutRun.Written alone = LayoutRun.run(folder.resolve("alone"), ARRIVING, following, 1);
    LayoutRun.run(folder.resolve("more"), ARRIVING, following.withReplicas(2), 2)
        .assertSaysWhat(alone);
    int place = SignalSet.of(following.graph()).names().indexOf("trail_hops");
    assertThat(alone.signals().values())
        .filteredOn(signal -> signal.getValues().get(place) > 1)
        .hasSizeGreaterThan(20);
  }

  private static GraphSettings hops(int most) {
    GraphSettings shipped = GraphHarness.CONFIG.graph();
    GraphSettings.Limits limits = shipped.limits();
    return new GraphSettings(
        shipped.windows(),
        shipped.horizons(),
        new GraphSettings.Limits(
            limits.hubDegree(), most, limits.searchSteps(), limits.listedPaths()),
        shipped.tolerance(),
        shipped.currencies());
  }

  /** Payments of each version of each cycle's alert. */
  private static List<List<String>> cycles(LayoutRun.Written run) {
    return run.alerts().values().stream()
        .filter(alert -> alert.getPattern() == LaunderingPattern.CYCLE)
        .map(
            alert ->
                alert.getEvidencePayments().stream()
                    .map(EvidencePayment::getTransactionId)
                    .toList())
        .toList();
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    LayoutRun.assertOperatorsNamedAndTyped(GraphHarness.CONFIG.withReplicas(2));
  }

  /** One replica, which searches all. */
  private LayoutRun.Written alone(List<Transaction> arriving) throws Exception {
    Path out = folder.resolve("alone");
    StreamExecutionEnvironment env = LayoutRun.environment(1);
    ReplicaPipeline.Results results =
        ReplicaPipeline.of(
            GraphHarness.CONFIG,
            LayoutRun.source(env, arriving).filter(payment -> payment.getPayeeAccount() != null),
            false);
    GraphPipeline.Outputs sinks = GraphSink.folder(out);
    results.signals().sinkTo(sinks.signals());
    results.alerts().sinkTo(sinks.alerts());
    env.execute();
    return LayoutRun.written(out);
  }

  /** A dense stream of which some come late, too late, twice, by card or in a foreign currency. */
  private static List<Transaction> arriving() {
    Random random = new Random(20_260_108);
    List<Transaction> arriving = new ArrayList<>();
    for (Transaction payment : GraphHarness.payments(1_200, 20_260_109)) {
      int kind = random.nextInt(20);
      Transaction.Builder changed = Transaction.newBuilder(payment);
      if (kind == 0) {
        changed.setEventTimeMs(payment.getEventTimeMs() - random.nextInt((int) HOUR_MS));
      } else if (kind == 1) {
        changed.setEventTimeMs(payment.getEventTimeMs() - 2 * HOUR_MS);
      } else if (kind == 2) {
        changed.setCurrency("XTS");
      } else if (kind == 3) {
        changed.setPayeeAccount(null);
      } else if (kind == 4) {
        arriving.add(changed.build());
      }
      arriving.add(changed.build());
    }
    return arriving;
  }

  private static List<Transaction> ordered(List<Transaction> payments) {
    List<Transaction> ordered = new ArrayList<>(payments);
    ordered.sort(
        Comparator.comparingLong(Transaction::getEventTimeMs)
            .thenComparing(Transaction::getTransactionId));
    return ordered;
  }

  /** The order in which the graph takes them: in that of time, but for those that come late. */
  private static List<Transaction> asTaken(List<Transaction> arriving) {
    List<Transaction> taken = new ArrayList<>();
    List<Transaction> waiting = new ArrayList<>();
    long newestMs = Long.MIN_VALUE;
    long watermarkMs = Long.MIN_VALUE;
    for (int i = 0; i < arriving.size(); i++) {
      Transaction payment = arriving.get(i);
      (payment.getEventTimeMs() <= watermarkMs ? taken : waiting).add(payment);
      newestMs = Math.max(newestMs, payment.getEventTimeMs());
      if ((i + 1) % 10 == 0) {
        watermarkMs = newestMs - 1;
        long passedMs = watermarkMs;
        List<Transaction> released =
            ordered(waiting.stream().filter(w -> w.getEventTimeMs() <= passedMs).toList());
        taken.addAll(released);
        waiting.removeAll(released);
      }
    }
    taken.addAll(ordered(waiting));
    return taken;
  }

  /** Disorder within that of the settings, each once; some come behind the watermark. */
  private static List<Transaction> random(GraphSettings graph, int count) {
    List<Transaction> payments = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    long newestMs = Long.MIN_VALUE;
    for (Payment payment : Streams.random(new Random(20_260_110), count)) {
      newestMs = Math.max(newestMs, payment.timeMs());
      if (payment.timeMs() < newestMs - graph.horizons().disorderMs() || !known.add(payment.id())) {
        continue;
      }
      payments.add(
          Transaction.newBuilder(
                  GraphPipelineTest.payment(
                      "tx-" + payment.id(),
                      payment.timeMs(),
                      "account-" + payment.source(),
                      "account-" + payment.target(),
                      payment.amountMinor()))
              .setCurrency(graph.currencies().get(payment.currency()).code())
              .build());
    }
    return payments;
  }

  private static Payment payment(GraphSettings graph, Transaction transaction) {
    int currency = 0;
    while (!graph.currencies().get(currency).code().equals(transaction.getCurrency())) {
      currency++;
    }
    return new Payment(
        TemporalOperator.fingerprintOf(transaction.getTransactionId()),
        TemporalOperator.fingerprintOf(transaction.getPayerAccount()),
        TemporalOperator.fingerprintOf(transaction.getPayeeAccount()),
        transaction.getEventTimeMs(),
        transaction.getAmountMinor(),
        currency);
  }
}
