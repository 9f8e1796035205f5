package dev.tidegate.features;

import static dev.tidegate.features.StateFixture.KEY_GROUPS;
import static dev.tidegate.features.StateFixture.SUBTASKS;
import static dev.tidegate.features.StateFixture.isOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an earlier build knew of payments for their labels is read by another catalogue with one
 * feature more, at another parallelism.
 */
@SuppressWarnings("try") // the harness closes with any exception
class LabelFixtureTest {
  private static final StateFixture FIXTURE = StateFixture.of("labels-version-1.bin");
  private static final long HOUR_MS = 3_600_000;

  /** Known payments; the first few have a label that waits until it is known. */
  private static final int KNOWN = 40;

  private static final int WAITING = 5;

  /** Labels that came before their payment. */
  private static final int AHEAD = 5;

  private static final Catalogue RISK =
      parse(
          """
          features:
            - {entity: terminal, aggregate: risk, filter: 'amount > 2.0', as: big, delay: 1d, windows: [1d]}
          """);

  /** Another entity before the terminal and another filter before its own. */
  private static final Catalogue RISKS =
      parse(
          """
          features:
            - {entity: account, aggregate: risk, filter: 'amount > 1000000.0', as: huge, delay: 1d, windows: [1d]}
            - {entity: terminal, aggregate: risk, filter: 'amount > 2.0', as: big, delay: 1d, windows: [1d]}
          """);

  @BeforeAll
  static void write() throws Exception {
    FIXTURE.writeOnce(LabelFixtureTest::labelled);
  }

  private static Catalogue parse(String yaml) {
    return Catalogue.parse(yaml, "test", Rates.none());
  }

  private static StateBackend backend(boolean rocksDb) {
    return rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  private static Transaction transaction(int number) {
    return Payments.payment("tx-" + number, HOUR_MS, "payer", "terminal", 300);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      labels(Catalogue catalogue, int parallelism, int subtask, boolean rocksDb) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LabelOperator(EntityPart.of(catalogue), 40 * 24 * HOUR_MS),
            LabelFixtureTest::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(backend(rocksDb));
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  private static Tuple2<Long, Long> keyOf(Payment payment) {
    return Tuple2.of(payment.idHigh, payment.idLow);
  }

  private static Payment label(int number, long knownAtMs) {
    Label label = Payments.fraud(transaction(number), knownAtMs - HOUR_MS);
    return PaymentReader.read(label);
  }

  private static OperatorSubtaskState labelled() throws Exception {
    try (var harness = labels(RISK, 1, 0, false)) {
      harness.open();
      for (int i = 0; i < KNOWN; i++) {
        harness.processElement(new PaymentReader(RISK).read(transaction(i)), HOUR_MS);
      }
      for (int i = KNOWN; i < KNOWN + AHEAD; i++) {
        harness.processElement(label(i, 2 * HOUR_MS), 2 * HOUR_MS);
      }
      for (int i = 0; i < WAITING; i++) {
        harness.processElement(label(i, 9 * HOUR_MS), 9 * HOUR_MS);
      }
      harness.processWatermark(new Watermark(2 * HOUR_MS));
      return harness
          .snapshotWithLocalState(1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
          .getJobManagerOwnedState();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFindThePaymentsOfLabelsAgain(boolean rocksDb) throws Exception {
    List<Payment> sent = new ArrayList<>();
    for (int subtask = 0; subtask < SUBTASKS; subtask++) {
      try (var harness = labels(RISKS, SUBTASKS, subtask, rocksDb)) {
        harness.initializeState(FIXTURE.part(subtask));
        harness.open();
        for (int i = WAITING; i < KNOWN + AHEAD; i++) {
          Payment next =
              i < KNOWN ? label(i, 3 * HOUR_MS) : new PaymentReader(RISKS).read(transaction(i));
          if (isOf(keyOf(next), subtask)) {
            harness.processElement(next, next.orderMs);
          }
        }
        harness.processWatermark(Watermark.MAX_WATERMARK);
        harness.extractOutputValues().stream()
            .filter(payment -> payment.isLabel)
            .forEach(sent::add);
      }
    }
    assertThat(sent).hasSize(KNOWN + AHEAD);
    for (Payment label : sent) {
      boolean isAhead = label.orderMs == 2 * HOUR_MS;
      Payment fresh = new PaymentReader(RISKS).read(transaction(0));
      int terminal = EntityPart.placeOf(EntityPart.of(RISKS), "terminal");
      assertThat(label.fraud).isTrue();
      assertThat(label.timeMs).isEqualTo(HOUR_MS);
      assertThat(label.filterBits).isEqualTo(fresh.filterBits).isNotZero();
      assertThat(label.keys[2 * terminal]).isEqualTo(fresh.keys[2 * terminal]);
      assertThat(label.names(EntityPart.placeOf(EntityPart.of(RISKS), "account")))
          .as("it is asked of those only that came under these features")
          .isEqualTo(isAhead);
    }
  }
}
