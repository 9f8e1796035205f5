package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.replica.ReplicaPipeline;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas on the mini cluster with RocksDB while the task manager is killed, and where the job
 * stops and goes on at another parallelism: the same signals and alerts as the one graph, and
 * whatever is said again is the same.
 */
class ReplicaKillsIT {
  private static final int KILLS = 3;
  private static final int A_CHECKPOINT = 160;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final List<Transaction> PAYMENTS = GraphHarness.payments(3_000, 20_260_111);

  /** All tasks run in this process. */
  private static final Queue<GraphSignal> SIGNALS = new ConcurrentLinkedQueue<>();

  private static final Queue<PatternAlert> ALERTS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger ANSWERED = new AtomicInteger();

  @TempDir Path folder;

  @BeforeEach
  void clear() {
    SIGNALS.clear();
    ALERTS.clear();
    ANSWERED.set(0);
  }

  @Test
  void shouldSayWhatTheOneGraphSaysThoughTheTaskManagerIsKilled() throws Exception {
    try (EmbeddedFlink flink = start()) {
      RunningJob job = flink.submit("replicas", env -> define(env, 2, 2));
      int seen = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        job.awaitRunning(LIMIT);
        int more = seen + PAYMENTS.size() / (KILLS + 2);
        await().atMost(LIMIT).until(() -> ANSWERED.get() >= more);
        flink.replaceTaskManager();
        seen = ANSWERED.get();
      }
      flink.awaitEnd(job);
      assertThat(job.checkpoints().restored()).isEqualTo(KILLS);
    }
    assertThat(SIGNALS).as("signals, those sent again too").hasSizeGreaterThan(PAYMENTS.size());
    assertAsTheOneGraph();
  }

  @Test
  void shouldGoOnAtAnotherParallelismFromACheckpoint() throws Exception {
    try (EmbeddedFlink flink = start()) {
      int[] parallelisms = {2, 4, 1};
      for (int i = 0; i < parallelisms.length; i++) {
        int parallelism = parallelisms[i];
        RunningJob job = flink.submit("replicas", env -> define(env, 4, parallelism));
        job.awaitRunning(LIMIT);
        assertThat(job.checkpoints().restored()).as("from a checkpoint").isEqualTo(i > 0 ? 1 : 0);
        if (i + 1 == parallelisms.length) {
          flink.awaitEnd(job);
        } else {
          int more = (i + 1) * PAYMENTS.size() / parallelisms.length;
          await().atMost(LIMIT).until(() -> ANSWERED.get() >= more);
          job.cancel();
        }
      }
    }
    assertAsTheOneGraph();
  }

  private EmbeddedFlink start() {
    return EmbeddedFlink.start(
        folder,
        FlinkOptions.defaults()
            .withParallelism(4, 4)
            .withCheckpointInterval(Duration.ofMillis(250))
            .withRestart(20, Duration.ofMillis(50)));
  }

  private static void define(StreamExecutionEnvironment env, int replicas, int parallelism) {
    env.setParallelism(parallelism);
    var source =
        new DataGeneratorSource<>(
            new ByPlace(),
            PAYMENTS.size(),
            RateLimiterStrategy.perCheckpoint(A_CHECKPOINT),
            EventTypeInformation.forEvent(Transaction.class));
    DataStream<Transaction> payments =
        env.fromSource(
                source,
                WatermarkStrategy.<Transaction>forBoundedOutOfOrderness(Duration.ofMillis(1))
                    .withTimestampAssigner((payment, time) -> payment.getEventTimeMs()),
                "payments")
            .setParallelism(1)
            .uid("payments");
    GraphConfig config = GraphHarness.CONFIG.withReplicas(replicas);
    ReplicaPipeline.Results results = ReplicaPipeline.of(config, payments, false);
    results
        .signals()
        .filter(ReplicaKillsIT::keep)
        .uid("signals")
        .sinkTo(new DiscardingSink<>())
        .uid("signals-sink");
    results
        .alerts()
        .filter(alert -> ALERTS.add(alert))
        .setParallelism(1)
        .uid("alerts")
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1)
        .uid("alerts-sink");
  }

  private static boolean keep(GraphSignal signal) {
    ANSWERED.incrementAndGet();
    return SIGNALS.add(signal);
  }

  private static void assertAsTheOneGraph() throws Exception {
    Map<String, GraphSignal> signals = new HashMap<>();
    for (GraphSignal signal : SIGNALS) {
      GraphSignal told = signals.putIfAbsent(signal.getTransactionId(), signal);
      assertThat(told == null || told.equals(signal)).as("told the same again").isTrue();
    }
    Map<String, GraphSignal> expected = new HashMap<>();
    GraphHarness.run(PAYMENTS).forEach(one -> expected.put(one.getTransactionId(), one));
    assertThat(signals).isEqualTo(expected);
    Map<String, PatternAlert> alerts = new HashMap<>();
    for (PatternAlert alert : ALERTS) {
      PatternAlert told = alerts.putIfAbsent(name(alert), alert);
      assertThat(told == null || told.equals(alert)).as("told the same again").isTrue();
    }
    Map<String, PatternAlert> expectedAlerts = new HashMap<>();
    GraphHarness.runAlerts(PAYMENTS).forEach(alert -> expectedAlerts.put(name(alert), alert));
    assertThat(alerts).hasSizeGreaterThan(100).isEqualTo(expectedAlerts);
  }

  private static String name(PatternAlert alert) {
    return alert.getAlertId() + " " + alert.getVersion();
  }

  /** The payments by their place. */
  private static final class ByPlace implements GeneratorFunction<Long, Transaction> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Transaction map(Long place) {
      return PAYMENTS.get((int) (long) place);
    }
  }
}
