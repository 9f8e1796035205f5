package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task manager is killed again and again while payments flow. */
class ShardKillsIT {
  private static final int PAYMENTS = 3_000;
  private static final long SEED = 20_260_104;
  private static final int KILLS = 3;

  /** A kill right after a checkpoint has nothing told again. */
  private static final int MOST_KILLS = KILLS + 30;

  private static final int A_CHECKPOINT = 120;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** All tasks run in this process. */
  private static final Queue<Found> RESULTS = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  private EmbeddedFlink flink;

  @BeforeEach
  void start() {
    RESULTS.clear();
    flink =
        EmbeddedFlink.start(
            folder,
            FlinkOptions.defaults()
                .withParallelism(2, 2)
                .withCheckpointInterval(Duration.ofMillis(300))
                .withRestart(2 * MOST_KILLS, Duration.ofMillis(50)));
  }

  @AfterEach
  void stop() {
    flink.close(Deadline.in(LIMIT)); // alone it throws after 8 s
  }

  @Test
  void shouldFindWhatTheKernelFindsThoughTheTaskManagerIsKilled() {
    List<Transaction> arriving = ShardPayments.arriving(PAYMENTS, SEED);
    RunningJob job = flink.submit("shards", env -> define(env, arriving.size()));
    awaitMore(job, PAYMENTS / (2 * KILLS));
    int kills = 0;
    while (kills < KILLS || (kills < MOST_KILLS && !toldAgain())) {
      flink.replaceTaskManager();
      kills++;
      awaitMore(job, kills < KILLS ? PAYMENTS / (2 * KILLS) : 1);
    }
    flink.awaitEnd(job);
    assertThat(job.checkpoints().restored()).isGreaterThanOrEqualTo(kills);
    ShardPayments.assertAsTheKernel(arriving, first());
  }

  private static void awaitMore(RunningJob job, int more) {
    int enough = RESULTS.size() + more;
    job.awaitRunning(LIMIT);
    await()
        .pollInterval(Duration.ofMillis(5)) // the next kill is to come before a checkpoint
        .atMost(LIMIT)
        .until(() -> RESULTS.size() >= enough);
  }

  private static boolean toldAgain() {
    List<Long> told = RESULTS.stream().map(Found::id).toList();
    return told.size() > Set.copyOf(told).size();
  }

  private static void define(StreamExecutionEnvironment env, int arriving) {
    var source =
        new DataGeneratorSource<>(
            new Arriving(),
            arriving,
            RateLimiterStrategy.perCheckpoint(A_CHECKPOINT),
            EventTypeInformation.forEvent(Transaction.class));
    ShardPipeline.found(
            env.fromSource(
                    source,
                    WatermarkStrategy.<Transaction>forBoundedOutOfOrderness(
                            Duration.ofMillis(ShardPayments.DISORDER_MS))
                        .withTimestampAssigner((payment, time) -> payment.getEventTimeMs()),
                    "payments")
                .setParallelism(1)
                .uid("payments"),
            ShardPayments.SETTINGS)
        .map(
            one -> {
              RESULTS.add(one);
              return one;
            },
            FoundCodec.INSTANCE.information())
        .uid("results")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
  }

  /** Of each payment what was told first; what was told again is the same. */
  private static Map<Long, Found> first() {
    Map<Long, Found> first = new HashMap<>();
    int again = 0;
    for (Found one : RESULTS) {
      Found before = first.putIfAbsent(one.id(), one);
      if (before != null) {
        again++;
        assertThat(one.values()).isEqualTo(before.values());
        assertThat(one.cycles()).isEqualTo(before.cycles());
      }
    }
    assertThat(again).as("results told again").isPositive();
    return first;
  }

  /** The payments by their place. */
  private static final class Arriving implements GeneratorFunction<Long, Transaction> {
    @Serial private static final long serialVersionUID = 1L;
    private transient List<Transaction> payments = new ArrayList<>();

    @Override
    public void open(SourceReaderContext context) {
      payments = ShardPayments.arriving(PAYMENTS, SEED);
    }

    @Override
    public Transaction map(Long place) {
      return payments.get((int) (long) place);
    }
  }
}
