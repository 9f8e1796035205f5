package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
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
class EntityOperatorTest {
  private static final int KEY_GROUPS = 16;
  private static final int ACCOUNT = 0;
  private static final int MANY = 5_000;

  /** The catalogue of {@link Payments} with one feature more, in the middle of the account's. */
  private static final Catalogue WIDER =
      Catalogue.parse(
          CATALOGUE
              .canonical()
              .replaceFirst(
                  "(?m)^(.*is_new.*)$",
                  "$1\n  - {entity: account, aggregate: min, windows: [30d]}"),
          "wider",
          Rates.none());

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness(Catalogue catalogue, int parallelism, int subtask, StateBackend backend)
          throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(EntityPart.of(catalogue)),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(backend);
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  /** The payment as it is asked of its account. */
  private static Payment read(Catalogue catalogue, Transaction transaction) {
    return new PaymentReader(catalogue).read(transaction).ask(ACCOUNT, 0);
  }

  private static double value(Catalogue catalogue, Payment answer, String name) {
    return answer.values[EntityPart.of(catalogue).get(ACCOUNT).names().indexOf(name)];
  }

  private static Payment payment(String id, long timeMs, long amount) {
    return read(CATALOGUE, Payments.payment(id, timeMs, "p", "t", amount));
  }

  private static double count(Payment payment) {
    return value(CATALOGUE, payment, "account_count_1h");
  }

  @Test
  void shouldWaitForTheWatermarkAndGoByTime() throws Exception {
    try (var harness = harness(CATALOGUE, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(payment("c", 30, 300), 30);
      harness.processElement(payment("b", 20, 200), 20);
      harness.processElement(payment("a", 10, 100), 10);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark(new Watermark(29));
      assertThat(harness.extractOutputValues())
          .extracting(out -> out.amount)
          .containsExactly(100L, 200L);
      harness.processWatermark(new Watermark(30));
      assertThat(harness.extractOutputValues())
          .extracting(EntityOperatorTest::count)
          .containsExactly(1.0, 2.0, 3.0);
    }
  }

  @Test
  void shouldAnswerALateOneAtOnceWithWhatItsTimeKnew() throws Exception {
    try (var harness = harness(CATALOGUE, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(payment("a", 20, 100), 20);
      harness.processElement(payment("b", 40, 200), 40);
      harness.processWatermark(new Watermark(50));
      harness.processElement(payment("late", 30, 300), 30);
      harness.processElement(payment("d", 60, 400), 60);
      harness.processWatermark(new Watermark(60));
      List<Payment> out = harness.extractOutputValues();
      assertThat(out.get(2).late).isTrue();
      assertThat(count(out.get(2))).isEqualTo(2);
      assertThat(out.get(3).late).isFalse();
      assertThat(count(out.get(3))).isEqualTo(4);
    }
  }

  @Test
  void shouldStillCallLateAfterARestoreWhatWasLateBefore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(CATALOGUE, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(payment("a", 20, 100), 20);
      harness.processWatermark(new Watermark(50));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(CATALOGUE, 1, 0, new HashMapStateBackend())) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(payment("late", 30, 300), 30);
      Payment late = harness.extractOutputValues().get(0);
      assertThat(late.late).isTrue();
      assertThat(count(late)).isEqualTo(2);
    }
  }

  @Test
  void shouldCountARepeatedTransactionOnce() throws Exception {
    try (var harness = harness(CATALOGUE, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(payment("a", 20, 100), 20);
      harness.processElement(payment("a", 20, 100), 20);
      harness.processWatermark(new Watermark(20));
      harness.processElement(payment("a", 20, 100), 20);
      assertThat(harness.extractOutputValues())
          .extracting(EntityOperatorTest::count)
          .containsExactly(1.0, 1.0, 1.0);
    }
  }

  /** What waits when the catalogue changes is answered for the other one. */
  @Test
  void shouldAnswerWhatWaitedForTheOtherCatalogue() throws Exception {
    List<Transaction> payments = Payments.stream(60, 6, 2);
    OperatorSubtaskState snapshot;
    try (var harness = harness(CATALOGUE, 1, 0, new HashMapStateBackend())) {
      harness.open();
      feed(harness, payments);
      harness.processWatermark(new Watermark(payments.get(39).getEventTimeMs()));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(WIDER, 1, 0, new HashMapStateBackend())) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      List<Payment> parts = inOrder(harness.extractOutputValues());
      assertThat(parts).hasSizeGreaterThan(10);
      List<Payment> whole = unbroken(WIDER, payments);
      assertSame(parts, whole.subList(60 - parts.size(), 60), WIDER, WIDER);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveTheSameAcrossASnapshotAndARescaleAlsoForBusyEntities(boolean rocksDb)
      throws Exception {
    List<Transaction> payments = Payments.stream(3_000, 3, 2);
    List<Payment> whole = unbroken(CATALOGUE, payments);
    assertThat(whole).anyMatch(payment -> payment.tiled).anyMatch(payment -> !payment.tiled);
    List<Payment> parts = broken(CATALOGUE, CATALOGUE, payments, rocksDb);
    assertSame(parts, whole, CATALOGUE, CATALOGUE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnWithOneFeatureMore(boolean rocksDb) throws Exception {
    assertThat(WIDER.size()).isEqualTo(CATALOGUE.size() + 1);
    List<Transaction> payments = Payments.stream(600, 4, 15);
    List<Payment> whole = unbroken(CATALOGUE, payments);
    List<Payment> parts = broken(CATALOGUE, WIDER, payments, rocksDb);
    assertSame(parts.subList(400, 600), whole.subList(400, 600), WIDER, CATALOGUE);
    List<Payment> fresh = unbroken(WIDER, payments);
    assertSame(parts.subList(400, 600), fresh.subList(400, 600), WIDER, WIDER);
  }

  /** Old histories hold two days; a window of thirty is missing until it holds thirty. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMissALongerWindowAfterARestoreUntilItIsWhole(boolean rocksDb) throws Exception {
    String day = "features: [{entity: account, aggregate: count, windows: [1d]}]";
    Catalogue first = Catalogue.parse(day, "day", Rates.none());
    Catalogue second = Catalogue.parse(day.replace("1d", "1d, 30d"), "month", Rates.none());
    long hourMs = 3_600_000;
    int half = 240;
    List<Transaction> payments = new ArrayList<>();
    for (int i = 0; i < 2 * half; i++) { // 120 days, every six hours; the snapshot after 60
      payments.add(Payments.payment("tx-" + i, 6L * i * hourMs, "p", "t", 100));
    }
    List<Payment> parts = broken(first, second, payments, rocksDb);
    assertThat(parts).hasSize(2 * half);
    int whole = half + 4 * (30 - 2); // the window reaches two days before the snapshot
    for (int i = half + 1; i < 2 * half; i++) {
      Payment answer = parts.get(i);
      assertThat(value(second, answer, "account_count_1d")).isEqualTo(4);
      assertThat(value(second, answer, "account_count_30d"))
          .as("payment %d", i)
          .isEqualTo(Double.valueOf(i < whole ? Double.NaN : 120));
      assertThat(answer.tiled).as("payment %d is flagged", i).isEqualTo(i < whole);
    }
    assertThat(whole).isLessThan(2 * half - 50);
  }

  /** A topic that is fed twice, or once more after a restore, changes no history. */
  @Test
  void shouldHoldFewHistoriesAlsoIfNothingChangesThem() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(CATALOGUE, 1, 0, backend(true))) {
      harness.open();
      sendOneOfEach(harness);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(CATALOGUE, 1, 0, backend(true))) {
      harness.initializeState(snapshot);
      harness.open();
      sendOneOfEach(harness);
      assertThat(harness.extractOutputValues())
          .hasSize(MANY)
          .allSatisfy(answer -> assertThat(count(answer)).isEqualTo(1));
      assertThat(((EntityOperator) harness.getOperator()).held()).isBetween(1, 1_000);
    }
  }

  private static void sendOneOfEach(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness)
      throws Exception {
    for (int i = 0; i < MANY; i++) {
      Transaction payment = Payments.payment("tx-" + i, 20, "payer-" + i, "t", 100);
      harness.processElement(read(CATALOGUE, payment), 20);
    }
    harness.processWatermark(new Watermark(20));
  }

  /** Savepoints do not say which backend they are of. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnUnderTheOtherBackend(boolean rocksDbFirst) throws Exception {
    List<Transaction> payments = Payments.stream(2_000, 5, 20);
    List<Payment> whole = unbroken(CATALOGUE, payments);
    OperatorSubtaskState savepoint;
    List<Payment> parts = new ArrayList<>();
    try (var harness = harness(CATALOGUE, 1, 0, backend(rocksDbFirst))) {
      harness.open();
      feed(harness, payments.subList(0, 1_000));
      harness.processWatermark(new Watermark(payments.get(999).getEventTimeMs()));
      savepoint =
          harness
              .snapshotWithLocalState(1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
              .getJobManagerOwnedState();
      parts.addAll(harness.extractOutputValues());
    }
    try (var harness = harness(CATALOGUE, 1, 0, backend(!rocksDbFirst))) {
      harness.initializeState(savepoint);
      harness.open();
      feed(harness, payments.subList(1_000, 2_000));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      parts.addAll(harness.extractOutputValues());
    }
    assertSame(inOrder(parts), whole, CATALOGUE, CATALOGUE);
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness,
      List<Transaction> payments)
      throws Exception {
    for (Transaction payment : payments) {
      harness.processElement(read(CATALOGUE, payment), payment.getEventTimeMs());
    }
  }

  private static List<Payment> unbroken(Catalogue catalogue, List<Transaction> payments)
      throws Exception {
    try (var harness = harness(catalogue, 1, 0, new HashMapStateBackend())) {
      harness.open();
      for (Transaction payment : payments) {
        harness.processElement(read(catalogue, payment), payment.getEventTimeMs());
      }
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return inOrder(harness.extractOutputValues());
    }
  }

  /** A snapshot in the middle, restored by another catalogue on two subtasks. */
  private static List<Payment> broken(
      Catalogue first, Catalogue second, List<Transaction> payments, boolean rocksDb)
      throws Exception {
    List<Payment> parts = new ArrayList<>();
    OperatorSubtaskState snapshot;
    int middle = payments.size() / 2 + 1;
    try (var harness = harness(first, 1, 0, backend(rocksDb))) {
      harness.open();
      for (Transaction payment : payments.subList(0, middle)) {
        harness.processElement(read(first, payment), payment.getEventTimeMs());
      }
      harness.processWatermark(new Watermark(payments.get(middle - 1).getEventTimeMs()));
      snapshot = harness.snapshot(1, 1);
      parts.addAll(harness.extractOutputValues());
    }
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, KEY_GROUPS, 1, 2, subtask);
      try (var harness = harness(second, 2, subtask, backend(rocksDb))) {
        harness.initializeState(part);
        harness.open();
        for (Transaction transaction : payments.subList(middle, payments.size())) {
          Payment payment = read(second, transaction);
          if (belongsTo(payment, subtask)) {
            harness.processElement(payment, payment.timeMs);
          }
        }
        harness.processWatermark(Watermark.MAX_WATERMARK);
        parts.addAll(harness.extractOutputValues());
      }
    }
    return inOrder(parts);
  }

  private static List<Payment> inOrder(List<Payment> payments) {
    return payments.stream()
        .sorted(Comparator.<Payment>comparingLong(p -> p.timeMs).thenComparingLong(p -> p.idLow))
        .toList();
  }

  private static void assertSame(
      List<Payment> actual, List<Payment> expected, Catalogue actualOf, Catalogue expectedOf) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      Payment payment = actual.get(i);
      double[] values =
          EntityPart.of(expectedOf).get(ACCOUNT).names().stream()
              .mapToDouble(name -> value(actualOf, payment, name))
              .toArray();
      assertThat(values)
          .as("payment %d of %d: %s", i, actual.size(), Arrays.toString(values))
          .isEqualTo(expected.get(i).values);
      assertThat(payment.tiled).isEqualTo(expected.get(i).tiled);
      assertThat(payment.sequences).isDeepEqualTo(expected.get(i).sequences);
    }
  }

  private static StateBackend backend(boolean rocksDb) {
    return rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  private static boolean belongsTo(Payment payment, int subtask) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
            EntityOperator.keyOf(payment), KEY_GROUPS, 2)
        == subtask;
  }
}
