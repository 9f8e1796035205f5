package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataOutputSerializer;
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
class LabelOperatorTest {
  private static final int KEY_GROUPS = 16;
  private static final long HOUR_MS = 3_600_000;

  private static final Catalogue NARROW =
      catalogue(
          """
          features:
            - {entity: account, aggregate: count, windows: [1d]}
            - {entity: terminal, aggregate: risk, filter: 'amount > 2.0', as: big, delay: 1d, windows: [1d]}
          """);

  /** An entity before the terminal, a filter before the other, and one entity less. */
  private static final Catalogue WIDE =
      catalogue(
          """
          features:
            - {entity: card, aggregate: count, filter: 'amount > 1000000.0', as: huge, windows: [1d]}
            - {entity: counterparty, aggregate: risk, delay: 1d, windows: [1d]}
            - {entity: terminal, aggregate: risk, filter: 'amount > 2.0', as: big, delay: 1d, windows: [1d]}
            - {entity: merchant, aggregate: count, windows: [1d]}
          """);

  private static Catalogue catalogue(String yaml) {
    return Catalogue.parse(yaml, "test", Rates.none());
  }

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      harness(Catalogue catalogue, int parallelism, int subtask, StateBackend backend)
          throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LabelOperator(EntityPart.of(catalogue), 40 * 24 * HOUR_MS),
            payment -> Tuple2.of(payment.idHigh, payment.idLow),
            Types.TUPLE(Types.LONG, Types.LONG),
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(backend);
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  private static Transaction transaction(String id) {
    return Payments.payment(id, HOUR_MS, "payer", "terminal", 300);
  }

  private static Payment read(Catalogue catalogue, String id) {
    return new PaymentReader(catalogue).read(transaction(id));
  }

  private static Payment label(String id, long knownAtMs, boolean fraud) {
    Label label = Payments.fraud(transaction(id), knownAtMs - HOUR_MS);
    return PaymentReader.read(Label.newBuilder(label).setFraud(fraud).build());
  }

  private static List<Payment> labels(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness) {
    return harness.extractOutputValues().stream().filter(payment -> payment.isLabel).toList();
  }

  @Test
  void shouldSendALabelToThePaymentsEntitiesOnceItIsKnown() throws Exception {
    try (var harness = harness(NARROW, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(read(NARROW, "a"), HOUR_MS);
      harness.processElement(label("a", 3 * HOUR_MS, true), 3 * HOUR_MS);
      harness.processElement(label("a", 3 * HOUR_MS, true), 3 * HOUR_MS);
      harness.processWatermark(new Watermark(2 * HOUR_MS));
      assertThat(labels(harness)).isEmpty();
      harness.processWatermark(new Watermark(3 * HOUR_MS));
      assertThat(labels(harness)).singleElement().satisfies(LabelOperatorTest::isOfTheTerminal);
    }
  }

  private static void isOfTheTerminal(Payment label) {
    assertThat(label.fraud).isTrue();
    assertThat(label.orderMs).isEqualTo(3 * HOUR_MS);
    assertThat(label.timeMs).isEqualTo(HOUR_MS);
    assertThat(label.names(0)).as("the account looks at no labels").isFalse();
    assertThat(label.names(1)).isTrue();
  }

  @Test
  void shouldKeepALabelForAPaymentThatComesLater() throws Exception {
    try (var harness = harness(NARROW, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(label("a", 3 * HOUR_MS, true), 3 * HOUR_MS);
      harness.processWatermark(new Watermark(4 * HOUR_MS));
      assertThat(labels(harness)).isEmpty();
      harness.processElement(read(NARROW, "a"), HOUR_MS);
      assertThat(labels(harness)).singleElement().satisfies(LabelOperatorTest::isOfTheTerminal);
    }
  }

  @Test
  void shouldSendACorrectionOnceItIsKnown() throws Exception {
    try (var harness = harness(NARROW, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(read(NARROW, "a"), HOUR_MS);
      harness.processElement(label("a", 3 * HOUR_MS, true), 3 * HOUR_MS);
      harness.processWatermark(new Watermark(4 * HOUR_MS));
      harness.processElement(label("a", 5 * HOUR_MS, false), 5 * HOUR_MS);
      assertThat(labels(harness)).hasSize(1);
      harness.processWatermark(new Watermark(5 * HOUR_MS));
      assertThat(labels(harness)).extracting(sent -> sent.fraud).containsExactly(true, false);
    }
  }

  /** As in a catch-up, where all labels are read before time has come to any. */
  @Test
  void shouldNotLetACorrectionOvertakeWhatItTakesBack() throws Exception {
    try (var harness = harness(NARROW, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(label("a", 5 * HOUR_MS, false), 5 * HOUR_MS);
      harness.processElement(label("a", 3 * HOUR_MS, true), 3 * HOUR_MS);
      harness.processElement(read(NARROW, "a"), HOUR_MS);
      harness.processWatermark(new Watermark(4 * HOUR_MS));
      assertThat(labels(harness)).extracting(sent -> sent.fraud).containsExactly(true);
      harness.processWatermark(new Watermark(5 * HOUR_MS));
      assertThat(labels(harness)).extracting(sent -> sent.fraud).containsExactly(true, false);
    }
  }

  @Test
  void shouldForgetALabelThatWasTakenBackBeforeItsPaymentCame() throws Exception {
    try (var harness = harness(NARROW, 1, 0, new HashMapStateBackend())) {
      harness.open();
      harness.processElement(label("a", 3 * HOUR_MS, true), 3 * HOUR_MS);
      harness.processElement(label("a", 5 * HOUR_MS, false), 5 * HOUR_MS);
      harness.processWatermark(new Watermark(6 * HOUR_MS));
      harness.processElement(read(NARROW, "a"), HOUR_MS);
      assertThat(labels(harness)).isEmpty();
    }
  }

  /** A label names a payment of before the change; entities and filters have other places now. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFindThePaymentsEntitiesUnderAnotherCatalogueAndParallelism(boolean rocksDb)
      throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness(NARROW, 1, 0, backend(rocksDb))) {
      harness.open();
      for (int i = 0; i < 20; i++) {
        harness.processElement(read(NARROW, "tx-" + i), HOUR_MS);
      }
      snapshot = harness.snapshot(1, 1);
    }
    int labels = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      OperatorSubtaskState part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              snapshot, KEY_GROUPS, 1, 2, subtask);
      try (var harness = harness(WIDE, 2, subtask, backend(rocksDb))) {
        harness.initializeState(part);
        harness.open();
        labels += labelAll(harness, subtask);
      }
    }
    assertThat(labels).isEqualTo(20);
  }

  private static int labelAll(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness,
      int subtask)
      throws Exception {
    for (int i = 0; i < 20; i++) {
      Payment label = label("tx-" + i, 3 * HOUR_MS, true);
      int of =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              Tuple2.of(label.idHigh, label.idLow), KEY_GROUPS, 2);
      if (of == subtask) {
        harness.processElement(label, label.orderMs);
      }
    }
    harness.processWatermark(Watermark.MAX_WATERMARK);
    Payment fresh = read(WIDE, "tx-0");
    List<EntityPart> parts = EntityPart.of(WIDE);
    int terminal = EntityPart.placeOf(parts, "terminal");
    for (Payment label : labels(harness)) {
      assertThat(label.filterBits).isEqualTo(fresh.filterBits).isNotZero();
      assertThat(label.names(terminal)).isTrue();
      assertThat(label.keys[2 * terminal]).isEqualTo(fresh.keys[2 * terminal]);
      assertThat(label.keys[2 * terminal + 1]).isEqualTo(fresh.keys[2 * terminal + 1]);
      assertThat(label.names(EntityPart.placeOf(parts, "counterparty")))
          .as("it did not look at labels when the payment came")
          .isFalse();
      assertThat(label.names(EntityPart.placeOf(parts, "card"))).isFalse();
    }
    return labels(harness).size();
  }

  @Test
  void shouldKeepOnlyWhatALabelNeeds() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    List<EntityPart> parts = EntityPart.of(NARROW);
    new KnownPaymentCodec(parts).serialize(KnownPayment.of(parts, read(NARROW, "a")), out);
    assertThat(out.length()).isEqualTo(31 + 16);
  }

  private static StateBackend backend(boolean rocksDb) {
    return rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }
}
