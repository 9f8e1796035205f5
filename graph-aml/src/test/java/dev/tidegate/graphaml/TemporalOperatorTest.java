package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // the harness closes with any exception
class TemporalOperatorTest {
  private static final List<Transaction> PAYMENTS = GraphHarness.payments(2_000, 9);

  @Test
  void shouldSayWhatTheKernelSaysInTheOrderOfTimeAndId() throws Exception {
    TemporalGraph graph = new TemporalGraph(GraphHarness.CONFIG.graph());
    Findings findings = new Findings(graph.layout());
    List<GraphSignal> signals = GraphHarness.run(GraphHarness.shuffled(PAYMENTS, 3));
    List<Transaction> sorted = new ArrayList<>(PAYMENTS);
    sorted.sort(
        Comparator.comparingLong(Transaction::getEventTimeMs)
            .thenComparing(Transaction::getTransactionId));
    assertThat(signals).hasSameSizeAs(sorted);
    for (int i = 0; i < sorted.size(); i++) {
      Transaction payment = sorted.get(i);
      graph.add(kernelPayment(payment), findings);
      List<Float> expected = new ArrayList<>();
      for (double value : findings.values()) {
        expected.add((float) value);
      }
      GraphSignal signal = signals.get(i);
      assertThat(signal.getTransactionId()).isEqualTo(payment.getTransactionId());
      assertThat(signal.getValues()).isEqualTo(expected);
      assertThat(signal.getTransaction()).isEqualTo(payment);
      assertThat(signal.getRole()).isEqualTo(AccountRole.PAYER);
      assertThat(signal.getAccount()).isEqualTo(payment.getPayerAccount());
      assertThat(signal.getCounterparty()).isEqualTo(payment.getPayeeAccount());
      assertThat(signal.getSignalDigest())
          .isEqualTo(SignalSet.of(GraphHarness.CONFIG.graph()).digest());
    }
  }

  private static Payment kernelPayment(Transaction payment) {
    return new Payment(
        TemporalOperator.fingerprintOf(payment.getTransactionId()),
        TemporalOperator.fingerprintOf(payment.getPayerAccount()),
        TemporalOperator.fingerprintOf(payment.getPayeeAccount()),
        payment.getEventTimeMs(),
        payment.getAmountMinor(),
        0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGiveTheSameSignalsAcrossSnapshots(boolean rocksDb) throws Exception {
    List<GraphSignal> whole = GraphHarness.run(PAYMENTS);
    List<GraphSignal> parts = new ArrayList<>();
    List<PatternAlert> alerts = new ArrayList<>();
    OperatorSubtaskState snapshot = null;
    for (int from = 0; from < PAYMENTS.size(); from += 500) {
      List<Transaction> part = PAYMENTS.subList(from, from + 500);
      try (var harness = GraphHarness.of(rocksDb)) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        GraphHarness.feed(harness, part);
        harness.processWatermark(
            from + 500 == PAYMENTS.size()
                ? Watermark.MAX_WATERMARK
                : new Watermark(part.get(470).getEventTimeMs()));
        snapshot = harness.snapshot(1, 1);
        parts.addAll(harness.extractOutputValues());
        alerts.addAll(GraphHarness.alerts(harness));
      }
    }
    assertThat(parts).isEqualTo(whole);
    assertThat(alerts).hasSizeGreaterThan(50).isEqualTo(GraphHarness.runAlerts(PAYMENTS));
  }

  @Test
  void shouldTellTheSameEpisodesInWhateverOrderPaymentsOfOneTimeCame() throws Exception {
    assertThat(GraphHarness.runAlerts(GraphHarness.shuffled(PAYMENTS, 5)))
        .isEqualTo(GraphHarness.runAlerts(PAYMENTS));
  }

  @Test
  void shouldNameThePaymentsAndAccountsOfAnEpisode() throws Exception {
    long hour = 3_600_000;
    List<PatternAlert> alerts =
        GraphHarness.runAlerts(
            List.of(
                GraphPipelineTest.payment("1", hour, "a", "b", 20_000),
                GraphPipelineTest.payment("2", 2 * hour, "b", "c", 19_800),
                GraphPipelineTest.payment("3", 3 * hour, "c", "a", 19_500)));
    assertThat(alerts).hasSize(1);
    PatternAlert cycle = alerts.get(0);
    assertThat(cycle.getPattern()).isEqualTo(LaunderingPattern.CYCLE);
    assertThat(cycle.getFocus()).isEqualTo("a");
    assertThat(cycle.getEvidencePayments())
        .extracting(EvidencePayment::getTransactionId)
        .containsExactly("1", "2", "3");
    assertThat(cycle.getEvidencePayments().get(1).getAmountMinor()).isEqualTo(19_800);
    assertThat(cycle.getEvidencePayments().get(1).getCurrency()).isEqualTo("EUR");
    assertThat(cycle.getSettingsDigest()).isEqualTo(GraphHarness.CONFIG.digest());
  }

  @Test
  void shouldNotChangeASignalWhenMorePaymentsFollow() throws Exception {
    List<GraphSignal> whole = GraphHarness.run(PAYMENTS);
    for (int n : new int[] {1, 400, 1_234}) {
      List<GraphSignal> some = GraphHarness.run(PAYMENTS.subList(0, n));
      // What has the time of the last one may yet be preceded by a smaller id.
      List<GraphSignal> sure =
          some.stream()
              .filter(s -> s.getEventTimeMs() < PAYMENTS.get(n - 1).getEventTimeMs())
              .toList();
      assertThat(whole.subList(0, sure.size())).isEqualTo(sure);
    }
  }

  @Test
  void shouldAnswerEveryPaymentButRepeats() throws Exception {
    Transaction first = GraphPipelineTest.payment("1", 10_000_000, "a", "b", 5);
    Transaction stale = GraphPipelineTest.payment("2", 10, "a", "b", 5);
    Transaction foreign =
        Transaction.newBuilder(GraphPipelineTest.payment("3", 10_000_001, "a", "b", 5))
            .setCurrency("XTS")
            .build();
    try (var harness = GraphHarness.of(false)) {
      harness.open();
      GraphHarness.feed(harness, List.of(first, first, foreign));
      harness.processWatermark(new Watermark(10_000_001));
      GraphHarness.feed(harness, List.of(stale, first));
      List<GraphSignal> signals = harness.extractOutputValues();
      assertThat(signals).extracting(GraphSignal::getTransactionId).containsExactly("1", "3", "2");
      assertThat(signals.get(0).getValues()).anyMatch(value -> value > 0);
      assertThat(signals.get(1).getValues()).hasSameSizeAs(signals.get(0).getValues());
      assertThat(signals.get(1).getValues()).allMatch(value -> value.isNaN());
      assertThat(signals.get(2).getValues()).allMatch(value -> value.isNaN());
      assertThat(signals.get(2).getLate()).isTrue();
    }
  }
}
