package dev.tidegate.graphaml.told;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Sighting;
import dev.tidegate.graphaml.replica.Spotted;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.flink.EventSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Episodes of the shards' sightings: late payments, equal times, and what an earlier build kept.
 */
@SuppressWarnings("try") // the harness closes with any exception
class TimedEpisodesOperatorTest {
  private static final Path VERSION_1 =
      Path.of("src/test/resources/state/told-episodes-version-1.bin");

  /** More than two chunks of evidence, and longer than a window and the disorder. */
  private static final int MANY = 1_000;

  private static final Edge FIRST = ToldPayments.edge("p1", "a", "b", 1_001);
  private static final Edge SECOND = ToldPayments.edge("p2", "b", "c", 1_002);

  private final Map<String, List<Counter>> counters = new HashMap<>();

  private KeyedOneInputStreamOperatorTestHarness<Integer, Spotted, PatternAlert> harness()
      throws Exception {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter) {
                    counters.computeIfAbsent(name, first -> new ArrayList<>()).add(counter);
                  }
                })
            .build();
    TaskManagerMetricGroup manager =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate());
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(1)
            .setMetricGroup(
                manager.addJob(new JobID(), "job").addTask(ExecutionAttemptID.randomId(), "task"))
            .build();
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new TimedEpisodesOperator(ToldPayments.CONFIG),
            spotted -> TimedEpisodesOperator.KEY,
            Types.INT,
            environment);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(new EventSerializer<>(PatternAlert.class));
    return harness;
  }

  private static Spotted plain(Edge edge) {
    return new Spotted(0, 0, edge, List.of());
  }

  /** The last payment closes the cycle. */
  private static Spotted closing(Edge... cycle) {
    Set<Long> joints = new LinkedHashSet<>();
    Stream.of(cycle).forEach(edge -> joints.add(edge.hop().from()));
    Edge last = cycle[cycle.length - 1];
    Sighting seen =
        new Sighting(
            LaunderingPattern.CYCLE,
            last.hop().to(),
            cycle.length,
            3,
            joints,
            Stream.of(cycle).map(Edge::hop).toList());
    return new Spotted(0, 0, last, List.of(seen));
  }

  private static List<Spotted> many(long fromMs) {
    List<Spotted> many = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      many.add(plain(ToldPayments.edge("many-" + i, "x" + i % 7, "y" + i % 5, fromMs + i)));
    }
    return many;
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<Integer, Spotted, PatternAlert> harness,
      List<Spotted> spotted)
      throws Exception {
    for (Spotted one : spotted) {
      harness.processElement(one, one.edge().hop().timeMs());
    }
  }

  private long dropped() {
    return counters.get(GraphMetric.DROPPED_SIGHTINGS.metric()).stream()
        .mapToLong(Counter::getCount)
        .sum();
  }

  private static List<String> evidence(PatternAlert alert) {
    return alert.getEvidencePayments().stream().map(one -> one.getTransactionId()).toList();
  }

  @Test
  void shouldTakeALatePaymentThoughTheEvidenceOfItsCycleIsGone() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, List.of(plain(FIRST), plain(SECOND)));
      feed(harness, many(1_010));
      harness.processWatermark(new Watermark(1_010 + MANY));
      feed(harness, List.of(closing(FIRST, SECOND, ToldPayments.edge("late", "c", "a", 1_003))));
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(dropped()).isEqualTo(1);
    }
  }

  @Test
  void shouldRaiseNothingOfAPaymentLaterThanTheDisorderButKeepItAsEvidence() throws Exception {
    Edge late = ToldPayments.edge("late", "b", "c", 1_940);
    Edge first = ToldPayments.edge("e1", "a", "b", 1_900);
    Edge third = ToldPayments.edge("e3", "c", "a", 2_020);
    try (var harness = harness()) {
      harness.open();
      feed(harness, List.of(plain(first), plain(ToldPayments.edge("now", "x", "y", 2_000))));
      harness.processWatermark(new Watermark(2_000));
      feed(harness, List.of(closing(ToldPayments.edge("e0", "c", "a", 1_910), first, late)));
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(dropped()).isEqualTo(1);

      feed(harness, List.of(closing(first, late, third)));
      harness.processWatermark(new Watermark(2_030));
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(alert -> assertThat(evidence(alert)).containsExactly("e1", "late", "e3"));
      assertThat(dropped()).isEqualTo(1);
    }
  }

  @Test
  void shouldDropASightingOneOfWhosePaymentsWasNeverTold() throws Exception {
    Edge lost = SECOND;
    try (var harness = harness()) {
      harness.open();
      feed(harness, List.of(plain(FIRST)));
      feed(harness, List.of(closing(FIRST, lost, ToldPayments.edge("p3", "c", "a", 1_003))));
      harness.processWatermark(new Watermark(2_000));
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(dropped()).isEqualTo(1);
    }
  }

  /** Shards order equal times by the fingerprints of the ids: so does who keeps the episodes. */
  @Test
  void shouldTakePaymentsOfOneTimeInTheOrderOfTheShards() throws Exception {
    try (var harness = harness()) {
      harness.open();
      int told = 0;
      for (int i = 0; i < 20; i++) {
        String[] ids = {"q" + i, "r" + i, "s" + i};
        Stream<String> ordered =
            Stream.of(ids)
                .sorted(
                    (left, right) ->
                        Long.compare(ToldPayments.number(left), ToldPayments.number(right)));
        List<String> order = ordered.toList();
        String suffix = "-" + i;
        Edge first = ToldPayments.edge(order.get(0), "a" + suffix, "b" + suffix, 5_000);
        Edge second = ToldPayments.edge(order.get(1), "b" + suffix, "c" + suffix, 5_000);
        Edge third = ToldPayments.edge(order.get(2), "c" + suffix, "a" + suffix, 5_000);
        feed(harness, List.of(closing(first, second, third), plain(second), plain(first)));
        told++;
      }
      harness.processWatermark(new Watermark(6_000));
      assertThat(harness.extractOutputValues()).hasSize(told);
      assertThat(dropped()).isZero();
    }
  }

  // ---- state of an earlier build
  // -----------------------------------------------------------------

  private static void before(
      KeyedOneInputStreamOperatorTestHarness<Integer, Spotted, PatternAlert> harness)
      throws Exception {
    harness.open();
    feed(harness, many(100));
    feed(harness, List.of(plain(FIRST), plain(SECOND)));
    feed(harness, List.of(closing(FIRST, SECOND, ToldPayments.edge("p3", "c", "a", 1_100))));
    feed(harness, List.of(closing(FIRST, SECOND, ToldPayments.edge("p4", "c", "a", 1_120))));
    harness.processWatermark(new Watermark(1_110));
    harness.getOutput().clear();
  }

  private static List<PatternAlert> after(
      KeyedOneInputStreamOperatorTestHarness<Integer, Spotted, PatternAlert> harness)
      throws Exception {
    feed(harness, List.of(closing(FIRST, SECOND, ToldPayments.edge("p5", "c", "a", 1_130))));
    harness.processWatermark(new Watermark(1_200));
    return List.copyOf(harness.extractOutputValues());
  }

  /** Written once for each version of the state and never changed. */
  @BeforeAll
  static void write() throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write") && !Files.exists(VERSION_1)) {
      try (var harness = new TimedEpisodesOperatorTest().harness()) {
        before(harness);
        OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), VERSION_1.toString());
      }
    }
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    List<PatternAlert> unbroken;
    try (var harness = harness()) {
      before(harness);
      unbroken = after(harness);
    }
    try (var harness = harness()) {
      harness.initializeState(OperatorSnapshotUtil.readStateHandle(VERSION_1.toString()));
      harness.open();
      assertThat(after(harness)).isEqualTo(unbroken);
    }
    assertThat(unbroken).hasSize(2).allMatch(alert -> alert.getVersion() > 1);
  }
}
