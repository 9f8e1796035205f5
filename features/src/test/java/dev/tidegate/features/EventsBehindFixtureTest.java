package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static dev.tidegate.features.StateFixture.KEY_GROUPS;
import static dev.tidegate.features.StateFixture.SUBTASKS;
import static dev.tidegate.features.StateFixture.isOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories of an earlier build with events behind them, as RocksDB has them, are read by a
 * catalogue with one feature more, at another parallelism, on either backend.
 */
@SuppressWarnings("try") // the harness closes with any exception
class EventsBehindFixtureTest {
  private static final StateFixture FIXTURE = StateFixture.of("entities-rocksdb-version-2.bin");
  private static final int ACCOUNT = 0;
  private static final List<Transaction> PAYMENTS = Payments.stream(500, 98, 30);
  private static final int WHOLE = 300;
  private static final int BEHIND = 360;

  /** With one feature more of the account, in the middle. */
  private static final Catalogue WIDER =
      Catalogue.parse(
          CATALOGUE
              .canonical()
              .replaceFirst(
                  "(?m)^(.*is_new.*)$",
                  "$1\n  - {entity: account, aggregate: min, windows: [30d]}"),
          "wider",
          Rates.none());

  @BeforeAll
  static void write() throws Exception {
    FIXTURE.writeOnce(EventsBehindFixtureTest::eventsBehindHistories);
  }

  private static StateBackend backend(boolean rocksDb) {
    return rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
  }

  private static KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment>
      entities(Catalogue catalogue, int parallelism, int subtask, boolean rocksDb)
          throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new EntityOperator(EntityPart.of(catalogue)),
            EntityOperator::keyOf,
            Types.TUPLE(Types.LONG, Types.LONG),
            KEY_GROUPS,
            parallelism,
            subtask);
    harness.setStateBackend(backend(rocksDb));
    harness.setup(PaymentCodec.INSTANCE);
    return harness;
  }

  private static void pay(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness,
      Payment payment)
      throws Exception {
    harness.processElement(payment, payment.timeMs);
  }

  private static Payment ofAccount(Catalogue catalogue, Transaction payment) {
    return new PaymentReader(catalogue).read(payment).ask(ACCOUNT, 0);
  }

  /** Histories are written whole at a first checkpoint; a few events stand behind at a second. */
  private static OperatorSubtaskState eventsBehindHistories() throws Exception {
    try (var harness = entities(CATALOGUE, 1, 0, true)) {
      harness.open();
      for (Transaction payment : PAYMENTS.subList(0, WHOLE)) {
        pay(harness, ofAccount(CATALOGUE, payment));
      }
      harness.processWatermark(new Watermark(PAYMENTS.get(WHOLE - 1).getEventTimeMs()));
      harness.snapshot(1, 1);
      for (Transaction payment : PAYMENTS.subList(WHOLE, BEHIND)) {
        pay(harness, ofAccount(CATALOGUE, payment));
      }
      harness.processWatermark(new Watermark(PAYMENTS.get(BEHIND - 1).getEventTimeMs()));
      return harness
          .snapshotWithLocalState(2, 2, SavepointType.savepoint(SavepointFormatType.CANONICAL))
          .getJobManagerOwnedState();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldReadHistoriesAndTheEventsBehindThem(boolean rocksDb) throws Exception {
    Map<Long, Payment> answers = new TreeMap<>();
    int behind = 0;
    for (int subtask = 0; subtask < SUBTASKS; subtask++) {
      try (var harness = entities(WIDER, SUBTASKS, subtask, rocksDb)) {
        harness.initializeState(FIXTURE.part(subtask));
        harness.open();
        for (Transaction transaction : PAYMENTS.subList(BEHIND, PAYMENTS.size())) {
          Payment payment = ofAccount(WIDER, transaction);
          if (isOf(EntityOperator.keyOf(payment), subtask)) {
            behind += rocksDb ? eventsBehind(harness, EntityOperator.keyOf(payment)) : 0;
            pay(harness, payment);
          }
        }
        harness.processWatermark(Watermark.MAX_WATERMARK);
        harness.extractOutputValues().forEach(answer -> answers.put(answer.idLow, answer));
      }
    }
    if (rocksDb) {
      assertThat(behind).as("events that stand behind histories in the fixture").isPositive();
    }
    assertThat(answers).hasSize(PAYMENTS.size() - BEHIND);
    try (var harness = entities(WIDER, 1, 0, false)) {
      harness.open();
      for (Transaction payment : PAYMENTS) {
        pay(harness, ofAccount(WIDER, payment));
      }
      harness.processWatermark(Watermark.MAX_WATERMARK);
      for (Payment whole : harness.extractOutputValues()) {
        Payment answer = answers.remove(whole.idLow);
        if (answer != null) {
          assertThat(answer.values).isEqualTo(whole.values);
          assertThat(answer.sequences).isDeepEqualTo(whole.sequences);
        }
      }
    }
    assertThat(answers).isEmpty();
  }

  private static int eventsBehind(
      KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, Payment, Payment> harness,
      Tuple2<Long, Long> key)
      throws Exception {
    KeyedStateBackend<Object> backend = harness.getOperator().getKeyedStateBackend();
    backend.setCurrentKey(key);
    var state =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new ListStateDescriptor<>("histories", new HistoryPartCodec(EntityPart.of(WIDER))));
    int events = 0;
    for (HistoryPart part : state.get()) {
      events += part.event() == null ? 0 : 1;
    }
    return events;
  }
}
