package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.replica.ReplicaPipeline;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.lab.time.Deadline;
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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
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

  /** A kill right after a checkpoint has nothing told again. */
  private static final int MOST_KILLS = KILLS + 30;

  private static final int A_CHECKPOINT = 160;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final List<Transaction> PAYMENTS = GraphHarness.payments(3_000, 20_260_111);

  /** All tasks run in this process. */
  private static final Queue<GraphSignal> SIGNALS = new ConcurrentLinkedQueue<>();

  private static final Queue<PatternAlert> ALERTS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger ANSWERED = new AtomicInteger();

  @TempDir Path folder;

  private EmbeddedFlink flink;

  @BeforeEach
  void start() {
    SIGNALS.clear();
    ALERTS.clear();
    ANSWERED.set(0);
    flink =
        EmbeddedFlink.start(
            folder,
            FlinkOptions.defaults()
                .withParallelism(4, 4)
                .withCheckpointInterval(Duration.ofMillis(250))
                .withRestart(2 * MOST_KILLS, Duration.ofMillis(50)));
  }

  @AfterEach
  void stop() {
    flink.close(Deadline.in(LIMIT)); // alone it throws after 8 s
  }

  @Test
  void shouldSayWhatTheOneGraphSaysThoughTheTaskManagerIsKilled() throws Exception {
    RunningJob job = flink.submit("replicas", env -> define(env, 2, 2));
    awaitMore(job, PAYMENTS.size() / (2 * KILLS));
    int kills = 0;
    while (kills < KILLS || (kills < MOST_KILLS && !toldAgain())) {
      flink.replaceTaskManager();
      kills++;
      awaitMore(job, kills < KILLS ? PAYMENTS.size() / (2 * KILLS) : 1);
    }
    flink.awaitEnd(job);
    assertThat(job.checkpoints().restored()).isGreaterThanOrEqualTo(kills);
    assertThat(SIGNALS).as("signals, those sent again too").hasSizeGreaterThan(PAYMENTS.size());
    assertAsTheOneGraph();
  }

  private static void awaitMore(RunningJob job, int more) {
    int enough = ANSWERED.get() + more;
    job.awaitRunning(LIMIT);
    await()
        .pollInterval(Duration.ofMillis(5)) // the next kill is to come before a checkpoint
        .atMost(LIMIT)
        .until(() -> ANSWERED.get() >= enough);
  }

  private static boolean toldAgain() {
    List<String> told = SIGNALS.stream().map(GraphSignal::getTransactionId).toList();
    return told.size() > Set.copyOf(told).size();
  }

  @Test
  void shouldGoOnAtAnotherParallelismFromACheckpoint() throws Exception {
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
    assertAsTheOneGraph();
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
