package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // the harness closes with any exception
class FansOperatorTest {
  private static final int KEY_GROUPS = 16;
  private static final Comparator<GraphSignal> BY_END =
      Comparator.comparing(GraphSignal::getTransactionId).thenComparing(GraphSignal::getRole);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveTheSameSignalsAcrossASnapshotAndARescale(boolean rocksDb) throws Exception {
    List<Tuple2<AccountRole, Transaction>> ends = ends();
    List<GraphSignal> whole;
    try (var harness = harness(1, 0, rocksDb)) {
      harness.open();
      feed(harness, ends);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      whole = harness.extractOutputValues();
    }
    int middle = ends.size() / 2;
    List<GraphSignal> parts = new ArrayList<>();
    OperatorSubtaskState snapshot;
    try (var harness = harness(1, 0, rocksDb)) {
      harness.open();
      feed(harness, ends.subList(0, middle));
      harness.processWatermark(new Watermark(ends.get(middle - 30).f1.getEventTimeMs()));
      snapshot = harness.snapshot(1, 1);
      parts.addAll(harness.extractOutputValues());
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(2, subtask, rocksDb)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                snapshot, KEY_GROUPS, 1, 2, subtask));
        harness.open();
        int here = subtask;
        feed(
            harness,
            ends.subList(middle, ends.size()).stream().filter(e -> subtaskOf(e) == here).toList());
        harness.processWatermark(Watermark.MAX_WATERMARK);
        parts.addAll(harness.extractOutputValues());
      }
    }
    assertThat(parts.stream().sorted(BY_END).toList())
        .isEqualTo(whole.stream().sorted(BY_END).toList());
  }

  @Test
  void shouldAnswerALateOneAtOnceWithWhatItsTimeKnew() throws Exception {
    try (var harness = harness(1, 0, false)) {
      harness.open();
      feed(harness, List.of(in("1", 10, "a"), in("2", 30, "b")));
      harness.processWatermark(new Watermark(40));
      feed(harness, List.of(in("late", 20, "c")));
      GraphSignal late = harness.extractOutputValues().get(2);
      assertThat(late.getLate()).isTrue();
      assertThat(late.getValues().subList(0, 3)).containsExactly(2f, 0f, 2f);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<
          String, Tuple2<AccountRole, Transaction>, GraphSignal>
      harness(int parallelism, int subtask, boolean rocksDb) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new FansOperator(),
            FansOperator::keyOf,
            Types.STRING,
            KEY_GROUPS,
            parallelism,
            subtask);
    StateBackend backend = rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    harness.setStateBackend(backend);
    harness.setup(new EventSerializer<>(GraphSignal.class));
    return harness;
  }

  private static int subtaskOf(Tuple2<AccountRole, Transaction> end) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        FansOperator.keyOf(end), KEY_GROUPS, 2);
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, Tuple2<AccountRole, Transaction>, GraphSignal>
          harness,
      List<Tuple2<AccountRole, Transaction>> ends)
      throws Exception {
    for (Tuple2<AccountRole, Transaction> end : ends) {
      harness.processElement(end, end.f1.getEventTimeMs());
    }
  }

  private static Tuple2<AccountRole, Transaction> in(String id, long timeMs, String payer) {
    return Tuple2.of(AccountRole.PAYEE, GraphPipelineTest.payment(id, timeMs, payer, "hub", 5));
  }

  private static List<Tuple2<AccountRole, Transaction>> ends() {
    Random random = new Random(9);
    List<Tuple2<AccountRole, Transaction>> ends = new ArrayList<>();
    long timeMs = 0;
    for (int i = 0; i < 600; i++) {
      timeMs += random.nextInt(400_000);
      Transaction payment =
          GraphPipelineTest.payment(
              "tx-" + i, timeMs, "a" + random.nextInt(8), "a" + random.nextInt(8), i);
      ends.add(Tuple2.of(AccountRole.PAYER, payment));
      ends.add(Tuple2.of(AccountRole.PAYEE, payment));
    }
    return ends;
  }
}
