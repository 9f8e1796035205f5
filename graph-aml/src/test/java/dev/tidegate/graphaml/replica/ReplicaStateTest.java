package dev.tidegate.graphaml.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.replica.ReplicaHarness.States;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Stages that stop and go on, and state that an earlier build wrote: payments that wait, the order,
 * the replicas' logs with chunks that are gone, evidence and open episodes. The files are written
 * once for each version of the state by {@code -Dtidegate.fixture.write=true} and never changed.
 */
@SuppressWarnings("try") // the harness closes with any exception
class ReplicaStateTest {
  private static final Path FOLDER = Path.of("src/test/resources/state");
  private static final int BEFORE = 500;
  private static final int WAITING = 20;

  /** Some eighteen days, so that chunks have gone. */
  private static final List<Transaction> PAYMENTS = ReplicaHarness.payments(600, 78, 18);

  private static Path file(String stage) {
    return FOLDER.resolve("replica-" + stage + "-version-1.bin");
  }

  @BeforeAll
  static void write() throws Exception {
    if (!Boolean.getBoolean("tidegate.fixture.write") || Files.exists(file("order"))) {
      return;
    }
    try (ReplicaHarness harness = new ReplicaHarness(null)) {
      before(harness);
      States states = harness.snapshot();
      Files.createDirectories(FOLDER);
      OperatorSnapshotUtil.writeStateHandle(states.order(), file("order").toString());
      OperatorSnapshotUtil.writeStateHandle(states.replicas(), file("replicas").toString());
      OperatorSnapshotUtil.writeStateHandle(states.episodes(), file("episodes").toString());
    }
  }

  private static void before(ReplicaHarness harness) throws Exception {
    harness.feed(PAYMENTS.subList(0, BEFORE));
    harness.watermark(PAYMENTS.get(BEFORE - WAITING).getEventTimeMs());
  }

  private static void after(ReplicaHarness harness) throws Exception {
    harness.feed(PAYMENTS.subList(BEFORE, PAYMENTS.size()));
    harness.watermark(Long.MAX_VALUE);
  }

  private static OperatorSubtaskState read(String stage) throws Exception {
    return OperatorSnapshotUtil.readStateHandle(file(stage).toString());
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    States states = new States(read("order"), read("replicas"), read("episodes"));
    List<GraphSignal> signals = new ArrayList<>();
    List<PatternAlert> alerts = new ArrayList<>();
    try (ReplicaHarness harness = new ReplicaHarness(null)) {
      before(harness);
      int signalsBefore = harness.signals().size();
      int alertsBefore = harness.alerts().size();
      after(harness);
      signals.addAll(harness.signals().subList(signalsBefore, harness.signals().size()));
      alerts.addAll(harness.alerts().subList(alertsBefore, harness.alerts().size()));
    }
    try (ReplicaHarness harness = new ReplicaHarness(states)) {
      after(harness);
      assertThat(harness.signals()).hasSizeGreaterThan(PAYMENTS.size() - BEFORE);
      assertThat(harness.signals()).isEqualTo(signals);
      assertThat(alerts).isNotEmpty();
      assertThat(harness.alerts()).isEqualTo(alerts);
    }
    assertThat(alerts).anyMatch(alert -> alert.getVersion() > 1);
  }

  @Test
  void shouldKeepWhatCameBeforeItsTurnInACheckpoint() throws Exception {
    List<PatternAlert> alerts;
    List<Spotted> spotted = new ArrayList<>();
    try (ReplicaHarness whole = new ReplicaHarness(null)) {
      whole.feed(PAYMENTS);
      whole.watermark(Long.MAX_VALUE);
      alerts = whole.alerts();
      spotted.addAll(whole.spotted());
    }
    List<PatternAlert> parts = new ArrayList<>();
    States states;
    int held = 40;
    try (ReplicaHarness first = new ReplicaHarness(null)) {
      for (Spotted one : spotted) {
        if (one.number() != held) {
          first.episodesStage().processElement(one, 0);
        }
      }
      parts.addAll(first.alerts());
      assertThat(parts).hasSizeLessThan(alerts.size());
      states = first.snapshot();
    }
    try (ReplicaHarness second = new ReplicaHarness(states)) {
      for (Spotted one : spotted) {
        if (one.number() == held) {
          second.episodesStage().processElement(one, 0);
        }
      }
      parts.addAll(second.alerts());
    }
    assertThat(parts).isEqualTo(alerts);
  }

  @Test
  void shouldRefuseStateOfAnotherNumberOfReplicas() throws Exception {
    States states;
    try (ReplicaHarness harness = new ReplicaHarness(null)) {
      before(harness);
      states = harness.snapshot();
    }
    assertThatThrownBy(
            () -> new ReplicaHarness(ReplicaHarness.CONFIG.withReplicas(4), states).close())
        .hasMessageContaining("of 2 replicas")
        .hasMessageContaining("layout: 4 replicas");
  }

  @Test
  void shouldDealReplicasOutEvenly() {
    for (int replicas : new int[] {1, 2, 4, 8, 64}) {
      ReplicaOperator.ReplicaKeys keys = new ReplicaOperator.ReplicaKeys(replicas);
      for (int tasks = 1; tasks <= replicas; tasks *= 2) {
        int[] each = new int[tasks];
        for (int replica = 0; replica < replicas; replica++) {
          each[keys.taskOf(replica, tasks)]++;
        }
        assertThat(each).containsOnly(replicas / tasks);
      }
    }
  }
}
