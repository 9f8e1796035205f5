package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
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
class WindowsOperatorTest {
  private static final int KEY_GROUPS = 16;
  private static final Comparator<FeatureVector> BY_ID =
      Comparator.comparing(vector -> vector.getTransaction().getTransactionId());

  private static KeyedOneInputStreamOperatorTestHarness<String, FeatureVector, FeatureVector>
      harness(int parallelism, int subtask, StateBackend backend) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new WindowsOperator(Entity.ACCOUNT),
            vector -> Entity.ACCOUNT.keyOf(vector.getTransaction()),
            Types.STRING,
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(backend);
    harness.setup(new EventSerializer<>(FeatureVector.class));
    return harness;
  }

  private static FeatureVector vector(String id, long timeMs, String payer, long amount) {
    return Payments.started(Payments.payment(id, timeMs, payer, null, amount));
  }

  @Test
  void shouldWaitForTheWatermarkAndGoByTimeAndId() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(vector("c", 30, "p", 300), 30);
      harness.processElement(vector("b", 20, "p", 200), 20);
      harness.processElement(vector("a", 20, "p", 100), 20);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(new Watermark(29));
      assertThat(harness.extractOutputValues())
          .extracting(out -> out.getTransaction().getTransactionId())
          .containsExactly("a", "b");
      harness.processWatermark(new Watermark(30));
      List<FeatureVector> out = harness.extractOutputValues();
      assertThat(out).extracting(FeatureVector::getLate).containsOnly(false);
      assertThat(out)
          .extracting(value -> value.getValues().subList(0, 3))
          .containsExactly(List.of(1f, 1f, 1f), List.of(2f, 1.5f, 2f), List.of(3f, 2f, 3f));
    }
  }

  @Test
  void shouldAnswerALateOneAtOnceWithWhatItsTimeKnew() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(vector("a", 20, "p", 100), 20);
      harness.processElement(vector("b", 40, "p", 200), 40);
      harness.processWatermark(new Watermark(50));
      harness.processElement(vector("late", 30, "p", 300), 30);
      harness.processElement(vector("d", 60, "p", 400), 60);
      harness.processWatermark(new Watermark(60));
      List<FeatureVector> out = harness.extractOutputValues();
      assertThat(out.get(2).getLate()).isTrue();
      assertThat(out.get(2).getValues().get(0)).isEqualTo(2f);
      assertThat(out.get(3).getLate()).isFalse();
      assertThat(out.get(3).getValues().subList(0, 3)).containsExactly(4f, 2.5f, 4f);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveTheSameVectorsAcrossASnapshotAndARescale(boolean rocksDb) throws Exception {
    List<Transaction> payments = Payments.stream(600, 3);
    List<FeatureVector> whole;
    try (var harness = harness(1, 0, backend(rocksDb))) {
      harness.open();
      feed(harness, payments);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      whole = sorted(harness.extractOutputValues());
    }
    List<FeatureVector> parts = new ArrayList<>();
    OperatorSubtaskState snapshot;
    int middle = 301;
    try (var harness = harness(1, 0, backend(rocksDb))) {
      harness.open();
      feed(harness, payments.subList(0, middle));
      harness.processWatermark(new Watermark(payments.get(middle - 20).getEventTimeMs()));
      snapshot = harness.snapshot(1, 1);
      parts.addAll(harness.extractOutputValues());
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, KEY_GROUPS, 1, 2, subtask);
      try (var harness = harness(2, subtask, backend(rocksDb))) {
        harness.initializeState(part);
        harness.open();
        for (Transaction payment : payments.subList(middle, payments.size())) {
          if (belongsTo(payment, subtask)) {
            harness.processElement(Payments.started(payment), payment.getEventTimeMs());
          }
        }
        harness.processWatermark(Watermark.MAX_WATERMARK);
        parts.addAll(harness.extractOutputValues());
      }
    }
    assertThat(sorted(parts)).isEqualTo(whole);
  }

  @Test
  void shouldStillCallLateAfterARestoreWhatWasLateBefore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(vector("a", 20, "p", 100), 20);
      harness.processWatermark(new Watermark(50));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(vector("late", 30, "p", 300), 30);
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(out -> assertThat(out.getLate()).isTrue())
          .satisfies(out -> assertThat(out.getValues().get(0)).isEqualTo(2f));
    }
  }

  @Test
  void shouldCountARepeatedTransactionOnce() throws Exception {
    try (var harness = harness(1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(vector("a", 20, "p", 100), 20);
      harness.processElement(vector("a", 20, "p", 100), 20);
      harness.processWatermark(new Watermark(20));
      harness.processElement(vector("a", 20, "p", 100), 20);
      assertThat(harness.extractOutputValues())
          .extracting(out -> out.getValues().get(0))
          .containsExactly(1f, 1f, 1f);
    }
  }

  private static StateBackend backend(boolean rocksDb) {
    return rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  private static boolean belongsTo(Transaction payment, int subtask) {
    return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
            Entity.ACCOUNT.keyOf(payment), KEY_GROUPS, 2)
        == subtask;
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, FeatureVector, FeatureVector> harness,
      List<Transaction> payments)
      throws Exception {
    for (Transaction payment : payments) {
      harness.processElement(Payments.started(payment), payment.getEventTimeMs());
    }
  }

  private static List<FeatureVector> sorted(List<FeatureVector> vectors) {
    return vectors.stream().sorted(BY_ID).toList();
  }
}
