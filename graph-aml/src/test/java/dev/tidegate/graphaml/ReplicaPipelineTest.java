package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.replica.ReplicaPipeline;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.temporal.BruteForce;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas in Flink against the one graph in Flink, and against brute force. */
@SuppressWarnings("try") // Flink's iterator closes with any exception
class ReplicaPipelineTest {
  private static final long HOUR_MS = 3_600_000;

  @TempDir Path folder;

  /** What a run wrote. */
  private record Written(Map<String, GraphSignal> signals, Map<String, PatternAlert> alerts) {}

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,2", "2,4", "4,2", "4,4"})
  void shouldSayWhatTheOneGraphSaysOfPaymentsLateRepeatedAndLeftOutToo(
      int replicas, int parallelism) throws Exception {
    List<Transaction> arriving = arriving();
    Written one = run("one", arriving, GraphHarness.CONFIG, 1);
    Written more =
        replicas == 1
            ? alone(arriving)
            : run("more", arriving, GraphHarness.CONFIG.withReplicas(replicas), parallelism);
    assertThat(one.signals.values()).filteredOn(GraphSignal::getLate).hasSizeGreaterThan(20);
    assertThat(one.signals.values())
        .filteredOn(signal -> signal.getValues().get(0).isNaN())
        .hasSizeGreaterThan(20);
    assertThat(one.alerts).hasSizeGreaterThan(100);
    assertThat(more.signals).isEqualTo(one.signals);
    assertThat(more.alerts).isEqualTo(one.alerts);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldFindEverySignalAndCyclePathOfBruteForce(int parallelism) throws Exception {
    GraphSettings graph = Streams.unbounded(20);
    List<Transaction> payments = random(graph, 500);
    Map<Long, Found> found = new HashMap<>();
    StreamExecutionEnvironment env = environment(parallelism);
    try (CloseableIterator<Found> results =
        ReplicaPipeline.of(
                new GraphConfig(graph, PatternSettings.everything(), parallelism),
                source(env, payments),
                true)
            .found()
            .executeAndCollect()) {
      results.forEachRemaining(one -> assertThat(found.put(one.id(), one)).isNull());
    }
    BruteForce oracle = new BruteForce(graph);
    List<String> names = new SignalLayout(graph.windows()).names();
    int cycles = 0;
    List<Transaction> ordered = new ArrayList<>(payments);
    ordered.sort(
        Comparator.comparingLong(Transaction::getEventTimeMs)
            .thenComparing(Transaction::getTransactionId));
    for (Transaction transaction : ordered) {
      Payment payment = payment(graph, transaction);
      BruteForce.Answer answer = oracle.add(payment);
      assertThat(answer.outcome()).isEqualTo(Outcome.ADDED);
      Found one = Objects.requireNonNull(found.get(payment.id()));
      Map<String, Double> values = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), one.values()[i]);
      }
      assertThat(values).containsAllEntriesOf(answer.signals());
      Set<List<Long>> paths = new HashSet<>();
      one.cycles().forEach(path -> paths.add(path.stream().map(Hop::payment).toList()));
      assertThat(paths).isEqualTo(answer.cycles());
      cycles += paths.size();
    }
    assertThat(found).hasSameSizeAs(payments);
    assertThat(cycles).isGreaterThan(500);
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamSettings settings =
        StreamSettings.of("graph-aml", "localhost:9092", "http://localhost:8081", 2);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    GraphPipeline.define(
        env,
        GraphHarness.CONFIG.withReplicas(2),
        GraphSource.kafka(settings),
        GraphSink.kafka(settings));
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  @Test
  void shouldBeOneGraphUnlessTheFileSaysMore() throws Exception {
    Path shipped = Path.of("../config/graph.yaml");
    GraphConfig one = GraphConfig.read(shipped);
    Files.copy(shipped.resolveSibling("rates.yaml"), folder.resolve("rates.yaml"));
    String text = Files.readString(shipped);
    GraphConfig more = read(text.replace("\nreplicas: 1\n", "\nreplicas: 4\n"));
    assertThat(one.replicas()).isEqualTo(1);
    assertThat(read(text.replace("\nreplicas: 1\n", "\n"))).isEqualTo(one);
    assertThat(more.replicas()).isEqualTo(4);
    assertThat(more.digest()).isEqualTo(one.digest());
    assertThatThrownBy(() -> read(text.replace("\nreplicas: 1\n", "\nreplicas: 65\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replicas: 1 to 64");
  }

  private GraphConfig read(String text) throws Exception {
    return GraphConfig.read(Files.writeString(folder.resolve("graph.yaml"), text));
  }

  private Written run(String name, List<Transaction> arriving, GraphConfig config, int parallelism)
      throws Exception {
    Path out = folder.resolve(name);
    StreamExecutionEnvironment env = environment(parallelism);
    GraphPipeline.define(env, config, opened -> source(opened, arriving), GraphSink.folder(out));
    env.execute();
    return written(out);
  }

  /** One replica, which searches all. */
  private Written alone(List<Transaction> arriving) throws Exception {
    Path out = folder.resolve("alone");
    StreamExecutionEnvironment env = environment(1);
    ReplicaPipeline.Results results =
        ReplicaPipeline.of(
            GraphHarness.CONFIG,
            source(env, arriving).filter(payment -> payment.getPayeeAccount() != null),
            false);
    GraphPipeline.Outputs sinks = GraphSink.folder(out);
    results.signals().sinkTo(sinks.signals());
    results.alerts().sinkTo(sinks.alerts());
    env.execute();
    return written(out);
  }

  private static Written written(Path out) throws Exception {
    Map<String, GraphSignal> signals = new TreeMap<>();
    for (GraphSignal signal : events(out.resolve("signals"), GraphSignal.class)) {
      assertThat(signals.put(signal.getTransactionId(), signal)).isNull();
    }
    Map<String, PatternAlert> alerts = new TreeMap<>();
    for (PatternAlert alert : events(out.resolve("alerts"), PatternAlert.class)) {
      assertThat(alerts.put(alert.getAlertId() + " " + alert.getVersion(), alert)).isNull();
    }
    return new Written(signals, alerts);
  }

  private static <T extends SpecificRecord> List<T> events(Path folder, Class<T> type)
      throws Exception {
    List<T> events = new ArrayList<>();
    try (EventFile.Reader<T> reader = EventFile.read(folder, type)) {
      for (T next = reader.next(); next != null; next = reader.next()) {
        events.add(next);
      }
    }
    return events;
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    return StreamExecutionEnvironment.createLocalEnvironment(
        parallelism, JobConfiguration.bounded());
  }

  /** One task, whose watermarks depend on what came and not on a clock. */
  private static DataStream<Transaction> source(
      StreamExecutionEnvironment env, List<Transaction> arriving) {
    return env.fromData(EventTypeInformation.forEvent(Transaction.class), array(arriving))
        .setParallelism(1)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Transaction>forGenerator(context -> new EachTenth())
                .withTimestampAssigner((payment, time) -> payment.getEventTimeMs()))
        .setParallelism(1);
  }

  private static Transaction[] array(List<Transaction> arriving) {
    return arriving.toArray(Transaction[]::new);
  }

  /** After each tenth payment a watermark just before the largest time so far. */
  private static final class EachTenth implements WatermarkGenerator<Transaction> {
    private long newestMs = Long.MIN_VALUE;
    private int seen;

    @Override
    public void onEvent(Transaction payment, long timeMs, WatermarkOutput out) {
      newestMs = Math.max(newestMs, timeMs);
      if (++seen % 10 == 0) {
        out.emitWatermark(new Watermark(newestMs - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput out) {}
  }

  /** A dense stream of which some come late, too late, twice, by card or in a foreign currency. */
  private static List<Transaction> arriving() {
    Random random = new Random(20_260_108);
    List<Transaction> arriving = new ArrayList<>();
    for (Transaction payment : GraphHarness.payments(1_200, 20_260_109)) {
      int kind = random.nextInt(20);
      Transaction.Builder changed = Transaction.newBuilder(payment);
      if (kind == 0) {
        changed.setEventTimeMs(payment.getEventTimeMs() - random.nextInt((int) HOUR_MS));
      } else if (kind == 1) {
        changed.setEventTimeMs(payment.getEventTimeMs() - 2 * HOUR_MS);
      } else if (kind == 2) {
        changed.setCurrency("XTS");
      } else if (kind == 3) {
        changed.setPayeeAccount(null);
      } else if (kind == 4) {
        arriving.add(changed.build());
      }
      arriving.add(changed.build());
    }
    return arriving;
  }

  /** Within the disorder of the settings, each once. */
  private static List<Transaction> random(GraphSettings graph, int count) {
    List<Transaction> payments = new ArrayList<>();
    long timeMs = Long.MIN_VALUE;
    for (Payment payment : Streams.random(new Random(20_260_110), count)) {
      timeMs = Math.max(timeMs, payment.timeMs());
      payments.add(
          Transaction.newBuilder(
                  GraphPipelineTest.payment(
                      "tx-" + payment.id(),
                      timeMs,
                      "account-" + payment.source(),
                      "account-" + payment.target(),
                      payment.amountMinor()))
              .setCurrency(graph.currencies().get(payment.currency()).code())
              .build());
    }
    return payments;
  }

  private static Payment payment(GraphSettings graph, Transaction transaction) {
    int currency = 0;
    while (!graph.currencies().get(currency).code().equals(transaction.getCurrency())) {
      currency++;
    }
    return new Payment(
        TemporalOperator.fingerprintOf(transaction.getTransactionId()),
        TemporalOperator.fingerprintOf(transaction.getPayerAccount()),
        TemporalOperator.fingerprintOf(transaction.getPayeeAccount()),
        transaction.getEventTimeMs(),
        transaction.getAmountMinor(),
        currency);
  }
}
