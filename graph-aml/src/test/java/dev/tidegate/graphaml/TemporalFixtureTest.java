package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * State that an earlier build wrote is read by this one: the graph's log with chunks that are gone,
 * accounts whose payments left it, payments that wait, and open episodes. The fixture is written
 * once for each version of the state by {@code -Dtidegate.fixture.write=true} and never changed.
 */
@SuppressWarnings("try") // the harness closes with any exception
class TemporalFixtureTest {
  private static final Path VERSION_1 = Path.of("src/test/resources/state/graph-version-1.bin");
  private static final int BEFORE = 500;
  private static final int WAITING = 20;
  private static final int SLOWER = 4;

  /** Some eighteen days, so that a chunk of the log has gone. */
  private static final List<Transaction> PAYMENTS =
      GraphHarness.payments(600, 77).stream().map(TemporalFixtureTest::slower).toList();

  private static Transaction slower(Transaction payment) {
    long begin = 1_700_000_000_000L;
    return Transaction.newBuilder(payment)
        .setEventTimeMs(begin + SLOWER * (payment.getEventTimeMs() - begin))
        .build();
  }

  @BeforeAll
  static void write() throws Exception {
    if (!Boolean.getBoolean("tidegate.fixture.write") || Files.exists(VERSION_1)) {
      return;
    }
    try (var harness = GraphHarness.of(false)) {
      harness.open();
      GraphHarness.feed(harness, PAYMENTS.subList(0, BEFORE));
      harness.processWatermark(new Watermark(PAYMENTS.get(BEFORE - WAITING).getEventTimeMs()));
      Files.createDirectories(VERSION_1.getParent());
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, 1), VERSION_1.toString());
    }
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    List<GraphSignal> signals;
    List<PatternAlert> alerts;
    try (var harness = GraphHarness.of(false)) {
      harness.initializeState(OperatorSnapshotUtil.readStateHandle(VERSION_1.toString()));
      harness.open();
      GraphHarness.feed(harness, PAYMENTS.subList(BEFORE, PAYMENTS.size()));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      signals = List.copyOf(harness.extractOutputValues());
      alerts = GraphHarness.alerts(harness);
    }
    List<GraphSignal> whole = GraphHarness.run(PAYMENTS);
    assertThat(signals).hasSizeGreaterThan(PAYMENTS.size() - BEFORE);
    assertThat(signals).isEqualTo(whole.subList(whole.size() - signals.size(), whole.size()));
    List<PatternAlert> told = GraphHarness.runAlerts(PAYMENTS);
    assertThat(alerts).isNotEmpty();
    assertThat(alerts).isEqualTo(told.subList(told.size() - alerts.size(), told.size()));
    assertThat(alerts).anyMatch(alert -> alert.getVersion() > 1);
  }
}
