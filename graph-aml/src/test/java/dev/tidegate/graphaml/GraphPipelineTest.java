package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.file.DataFileWriter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphPipelineTest {
  private static final long DISORDER_MS = 600_000;
  private static final long HOUR_MS = 3_600_000;

  @TempDir Path folder;

  @Test
  void shouldSayOfEachPaymentBetweenAccountsWhatItIsPartOf() throws Exception {
    var signals =
        run(
            "small",
            List.of(
                payment("1", HOUR_MS, "a", "b", 20_000),
                payment("2", 2 * HOUR_MS, "b", "c", 19_800),
                payment("3", 3 * HOUR_MS, "c", "a", 19_500),
                payment("4", 4 * HOUR_MS, "card", null, 999),
                payment("5", 27 * HOUR_MS, "d", "a", 5_000)),
            1);
    assertThat(signals).hasSize(4);
    assertThat(value(signals.get("3"), "cycles_3")).isEqualTo(1);
    assertThat(value(signals.get("3"), "cycles_conserved")).isEqualTo(1);
    assertThat(value(signals.get("2"), "pass_through_matched_ms")).isEqualTo(HOUR_MS);
    assertThat(value(signals.get("5"), "target_fan_in_1d")).isEqualTo(1);
    assertThat(value(signals.get("5"), "target_fan_in_7d")).isEqualTo(2);
    assertThat(value(signals.get("5"), "target_in_amount_7d")).isEqualTo(24_500);
  }

  private static double value(GraphSignal signal, String name) {
    List<String> names = SignalSet.of(GraphHarness.CONFIG.graph()).names();
    return signal.getValues().get(names.indexOf(name));
  }

  @Test
  void shouldGiveBitEqualSignalsForAnyParallelismAndArrivalWithinTheBound() throws Exception {
    Random random = new Random(3);
    List<Transaction> payments = new ArrayList<>();
    long timeMs = 0;
    for (int i = 0; i < 2_000; i++) {
      timeMs += random.nextInt(3) == 0 ? 0 : random.nextInt(240_000);
      String payer = "account-" + random.nextInt(12);
      payments.add(
          payment("tx-" + i, timeMs, payer, "account-" + random.nextInt(12), random.nextInt(999)));
    }
    Map<String, GraphSignal> one = run("in-order", payments, 1);
    assertThat(one).hasSize(payments.size());
    assertThat(run("shuffled", shuffled(payments), 4)).isEqualTo(one);
    assertThat(one.values()).noneMatch(GraphSignal::getLate);
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    LayoutRun.assertOperatorsNamedAndTyped(GraphHarness.CONFIG);
  }

  @Test
  void shouldKeepItsDigestWhileItsDefinitionStays() {
    SignalSet shipped = SignalSet.of(GraphHarness.CONFIG.graph());
    assertThat(shipped.names()).hasSize(66).startsWith("source_out_count_1d");
    assertThat(shipped.digest())
        .isEqualTo("b5fade118dbbea0ad9040d0c589f795a7239de1c8155d4cabc0679615670b794");
    assertThat(SignalSet.of(GraphSettings.defaults()).digest()).isNotEqualTo(shipped.digest());
    GraphSettings graph = GraphHarness.CONFIG.graph();
    SignalSet longer = SignalSet.of(Streams.counting(graph, 12, graph.limits().searchSteps()));
    assertThat(longer.names()).hasSize(69).startsWith(shipped.names().toArray(String[]::new));
    assertThat(longer.names())
        .endsWith("cycles_longer", "cycles_longer_least", "cycles_longer_most");
    assertThat(longer.digest())
        .isNotEqualTo(shipped.digest())
        .as("over how long they are")
        .isNotEqualTo(
            SignalSet.of(Streams.counting(graph, 11, graph.limits().searchSteps())).digest());
    SignalSet trails = SignalSet.of(Streams.following(graph));
    assertThat(trails.names()).hasSize(71).startsWith(shipped.names().toArray(String[]::new));
    assertThat(trails.names().subList(66, 71)).allMatch(name -> name.startsWith("trail_"));
    assertThat(trails.digest()).isNotEqualTo(shipped.digest()).isNotEqualTo(longer.digest());
  }

  private Map<String, GraphSignal> run(String name, List<Transaction> payments, int parallelism)
      throws Exception {
    Path in = folder.resolve(name + ".avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(in, Transaction.class)) {
      for (Transaction payment : payments) {
        writer.append(payment);
      }
    }
    Path out = folder.resolve(name);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, JobConfiguration.bounded());
    GraphPipeline.define(
        env, GraphHarness.CONFIG, GraphSource.file(in, DISORDER_MS), GraphSink.folder(out));
    env.execute();
    Map<String, GraphSignal> signals = new TreeMap<>();
    try (EventFile.Reader<GraphSignal> reader =
        EventFile.read(out.resolve("signals"), GraphSignal.class)) {
      for (GraphSignal next = reader.next(); next != null; next = reader.next()) {
        signals.put(next.getTransactionId(), next);
      }
    }
    return signals;
  }

  private static List<Transaction> shuffled(List<Transaction> payments) {
    Random random = new Random(4);
    record Arrival(long atMs, Transaction payment) {}
    return payments.stream()
        .map(tx -> new Arrival(tx.getEventTimeMs() + random.nextInt((int) DISORDER_MS), tx))
        .sorted(Comparator.comparingLong(Arrival::atMs))
        .map(Arrival::payment)
        .toList();
  }

  static Transaction payment(String id, long timeMs, String payer, String payee, long amount) {
    return Transaction.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(0)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount(payer)
        .setPayeeAccount(payee)
        .setAmountMinor(amount)
        .setCurrency("EUR")
        .build();
  }
}
