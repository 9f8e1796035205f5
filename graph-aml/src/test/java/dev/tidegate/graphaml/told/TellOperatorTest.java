package dev.tidegate.graphaml.told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Payments and what was found about them, in either order, and what an earlier build kept. */
@SuppressWarnings("try") // the harness closes with any exception
class TellOperatorTest {
  private static final Path VERSION_1 =
      Path.of("src/test/resources/state/told-signals-version-1.bin");
  private static final long HOUR_MS = 3_600_000;
  private static final Edge ONE = ToldPayments.edge("p1", "a", "b", 10 * HOUR_MS);
  private static final Edge OTHER = ToldPayments.edge("p2", "b", "c", 10 * HOUR_MS);
  private static final int SIGNALS = new SignalLayout(ToldPayments.CONFIG.graph()).size();

  private static KeyedTwoInputStreamOperatorTestHarness<Long, Transaction, Found, GraphSignal>
      harness() throws Exception {
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<Long, Transaction, Found, GraphSignal>(
            new TellStreamOperator(new TellOperator(ToldPayments.CONFIG)),
            payment -> ToldPayments.number(payment.getTransactionId()),
            Found::id,
            Types.LONG);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(new EventSerializer<>(GraphSignal.class));
    return harness;
  }

  private static Found found(Edge edge, boolean late) {
    return found(edge, late, false);
  }

  private static Found found(Edge edge, boolean late, boolean cut) {
    return new Found(
        edge.hop().payment(),
        edge.hop().from(),
        edge.hop().to(),
        edge.hop().timeMs(),
        new double[SIGNALS],
        List.of(),
        List.of(),
        late,
        cut);
  }

  private static List<String> ids(List<GraphSignal> signals) {
    return signals.stream().map(GraphSignal::getTransactionId).toList();
  }

  @Test
  void shouldAwaitWhatIsFoundOfALatePaymentThoughItLagsFarBehindThePayments() throws Exception {
    long aheadMs = ONE.hop().timeMs() + 2 * HOUR_MS;
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark1(new Watermark(aheadMs));
      harness.processWatermark2(new Watermark(ONE.hop().timeMs() - HOUR_MS));
      harness.processElement1(ToldPayments.payment(ONE), 0);
      harness.processWatermark2(new Watermark(aheadMs - 1));
      harness.processElement2(found(ONE, true), 0);
      assertThat(ids(harness.extractOutputValues())).containsExactly("p1");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void shouldSayOfEachSignalWhetherAnswersWereCutOff() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(ToldPayments.payment(ONE), 0);
      harness.processElement1(ToldPayments.payment(OTHER), 0);
      harness.processElement2(found(ONE, true, true), 0);
      harness.processElement2(found(OTHER, true, false), 0);
      assertThat(harness.extractOutputValues())
          .extracting(GraphSignal::getTransactionId, GraphSignal::getCut)
          .containsExactly(tuple("p1", true), tuple("p2", false));
    }
  }

  @Test
  void shouldTellOfAPaymentThatComesAfterWhatWasFound() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement2(found(ONE, false), 0);
      harness.processElement1(ToldPayments.payment(ONE), 0);
      assertThat(ids(harness.extractOutputValues())).containsExactly("p1");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void shouldLetFindingsGoWhosePaymentDoesNotCome() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement2(found(ONE, false), 0);
      harness.processBothWatermarks(new Watermark(ONE.hop().timeMs()));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      harness.processBothWatermarks(new Watermark(ONE.hop().timeMs() + HOUR_MS));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void shouldLetARepeatGoOfWhichNothingIsFound() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(ToldPayments.payment(ONE), 0);
      harness.processElement2(found(ONE, false), 0);
      harness.processElement1(ToldPayments.payment(ONE), 0);
      harness.processBothWatermarks(new Watermark(ONE.hop().timeMs() + HOUR_MS));
      assertThat(ids(harness.extractOutputValues())).containsExactly("p1");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  // ---- state of an earlier build
  // -----------------------------------------------------------------

  private static void before(
      KeyedTwoInputStreamOperatorTestHarness<Long, Transaction, Found, GraphSignal> harness)
      throws Exception {
    harness.open();
    harness.processElement1(ToldPayments.payment(ONE), 0);
    harness.processElement2(found(OTHER, false), 0);
  }

  /** Written once for each version of the state and never changed. */
  @BeforeAll
  static void write() throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write") && !Files.exists(VERSION_1)) {
      try (var harness = harness()) {
        before(harness);
        OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), VERSION_1.toString());
      }
    }
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    try (var harness = harness()) {
      harness.initializeState(OperatorSnapshotUtil.readStateHandle(VERSION_1.toString()));
      harness.open();
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      harness.processElement2(found(ONE, false), 0);
      harness.processElement1(ToldPayments.payment(OTHER), 0);
      assertThat(ids(harness.extractOutputValues())).containsExactly("p1", "p2");
      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.processBothWatermarks(new Watermark(ONE.hop().timeMs() + HOUR_MS));
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }
}
