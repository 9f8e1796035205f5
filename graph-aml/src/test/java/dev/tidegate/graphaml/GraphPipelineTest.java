package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.file.DataFileWriter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphPipelineTest {
  private static final long DISORDER_MS = 600_000;
  private static final long HOUR_MS = 3_600_000;

  @TempDir Path folder;

  @Test
  void shouldSignalBothEndsAndCountTheDay() throws Exception {
    var signals =
        run(
            "small",
            List.of(
                payment("1", HOUR_MS, "a", "hub", 100),
                payment("2", 2 * HOUR_MS, "b", "hub", 200),
                payment("3", 3 * HOUR_MS, "a", "hub", 300),
                payment("4", 4 * HOUR_MS, "hub", "c", 550),
                payment("5", 4 * HOUR_MS, "card", null, 999),
                payment("6", 26 * HOUR_MS, "d", "hub", 50)),
            1);
    assertThat(signals).hasSize(10);
    GraphSignal third = signals.get("3 PAYEE");
    assertThat(third.getAccount()).isEqualTo("hub");
    assertThat(third.getCounterparty()).isEqualTo("a");
    assertThat(third.getSignalDigest()).isEqualTo(SignalSet.current().digest());
    assertThat(third.getValues()).containsExactly(2f, 0f, 3f, 0f, 6f, 0f);
    assertThat(signals.get("4 PAYER").getValues()).containsExactly(2f, 1f, 3f, 1f, 6f, 5.5f);
    assertThat(signals.get("3 PAYER").getValues()).containsExactly(0f, 1f, 0f, 2f, 0f, 4f);
    assertThat(signals.get("6 PAYEE").getValues()).containsExactly(2f, 1f, 2f, 1f, 3.5f, 5.5f);
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
    assertThat(one).hasSize(2 * payments.size());
    assertThat(run("shuffled", shuffled(payments), 4)).isEqualTo(one);
    assertThat(one.values()).noneMatch(GraphSignal::getLate);
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamSettings settings =
        StreamSettings.of("graph-aml", "localhost:9092", "http://localhost:8081", 2);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    GraphPipeline.define(env, GraphSource.kafka(settings), GraphSink.kafka(settings));
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  @Test
  void shouldKeepItsDigestWhileItsDefinitionStays() {
    assertThat(SignalSet.current().names()).hasSize(6).startsWith("fan_in_1d", "fan_out_1d");
    assertThat(SignalSet.current().digest())
        .isEqualTo("2552469b2b5da94248cc4fdca90f6d7769a7332653e25e1fe279f26b4a3aaccb");
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
    GraphPipeline.define(env, GraphSource.file(in, DISORDER_MS), GraphSink.folder(out));
    env.execute();
    Map<String, GraphSignal> signals = new TreeMap<>();
    try (EventFile.Reader<GraphSignal> reader = EventFile.read(out, GraphSignal.class)) {
      for (GraphSignal next = reader.next(); next != null; next = reader.next()) {
        signals.put(next.getTransactionId() + " " + next.getRole(), next);
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
