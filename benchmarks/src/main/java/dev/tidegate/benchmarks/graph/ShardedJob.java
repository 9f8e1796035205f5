package dev.tidegate.benchmarks.graph;

import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.graphaml.shard.ShardPipeline;
import dev.tidegate.graphaml.shard.ShardSettings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.time.WallClock;
import java.io.Serial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The sharded graph as a Flink job in this process: state in RocksDB, a checkpoint each two
 * seconds, payments from memory in the order of time. One run at a time.
 */
final class ShardedJob {
  private static final long CHECKPOINT_MS = 2_000;
  private static final double NANOS_A_MILLI = 1e6;

  private static final Payment NOTHING = new Payment(0, 0, 0, 0, 0, 0);

  /** What tasks of the run that goes on write to; they are in this process. */
  private static volatile Run current = new Run(0, new HashMap<>(), i -> NOTHING);

  private final GraphSettings settings;
  private final Path checkpoints;

  /** One run. */
  private static final class Run {
    private final long[] sentNanos;
    private final Map<Long, Integer> places;
    private final IntFunction<Payment> payments;
    private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile Stopwatch second = new Stopwatch();

    Run(int count, Map<Long, Integer> places, IntFunction<Payment> payments) {
      sentNanos = new long[count];
      this.places = places;
      this.payments = payments;
    }

    /** Payments that are measured. */
    int half() {
      return sentNanos.length / 2;
    }

    Transaction send(int place) {
      Transaction payment = transaction(payments.apply(place));
      sentNanos[place] = WallClock.nanos();
      return payment;
    }

    void take(Found found) {
      int place = Objects.requireNonNull(places.get(found.id()));
      int before = told.getAndIncrement();
      if (before == half()) {
        second = new Stopwatch();
      }
      if (place >= half()) {
        nanos.recordValue(WallClock.nanos() - sentNanos[place]);
      }
      if (found.cut()) {
        cut.incrementAndGet();
      }
    }
  }

  /** Keeps checkpoints in a folder. */
  ShardedJob(GraphSettings settings, Path checkpoints) {
    this.settings = settings;
    this.checkpoints = checkpoints;
  }

  /**
   * Runs so many payments through the job.
   *
   * @param perSecond how many leave the source each second; infinite for as many as the job takes
   */
  JobFigures run(IntFunction<Payment> payments, int count, int parallelism, double perSecond)
      throws Exception {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Payment payment = ShardPipeline.payment(transaction(payments.apply(i)), settings);
      places.put(Objects.requireNonNull(payment).id(), i);
    }
    Run run = new Run(count, places, payments);
    current = run;
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            parallelism, JobConfiguration.durable(checkpoints.toUri().toString(), CHECKPOINT_MS));
    ShardPipeline.found(source(env, count, perSecond), ShardSettings.of(settings))
        .filter(new Counting())
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    env.execute("bench graph job");
    double seconds = run.second.seconds();
    return new JobFigures(
        run.half(),
        run.half() / seconds,
        run.second.cpuSeconds() / seconds,
        run.nanos.getValueAtPercentile(50) / NANOS_A_MILLI,
        run.nanos.getValueAtPercentile(99) / NANOS_A_MILLI,
        run.cut.get());
  }

  private static DataStream<Transaction> source(
      StreamExecutionEnvironment env, int count, double perSecond) {
    RateLimiterStrategy<?> pace =
        Double.isInfinite(perSecond)
            ? RateLimiterStrategy.noOp()
            : RateLimiterStrategy.perSecond(perSecond);
    return env.fromSource(
            new DataGeneratorSource<>(
                new Sending(), count, pace, EventTypeInformation.forEvent(Transaction.class)),
            WatermarkStrategy.<Transaction>forMonotonousTimestamps()
                .withTimestampAssigner((payment, time) -> payment.getEventTimeMs()),
            "payments")
        .setParallelism(1)
        .uid("payments");
  }

  private static Transaction transaction(Payment payment) {
    return Transaction.newBuilder()
        .setTransactionId(Long.toString(payment.id()))
        .setEventTimeMs(payment.timeMs())
        .setIngestedAtMs(0)
        .setSource("bench")
        .setSourceOffset(payment.id())
        .setPayerAccount(Long.toString(payment.source()))
        .setPayeeAccount(Long.toString(payment.target()))
        .setAmountMinor(payment.amountMinor())
        .setCurrency("EUR")
        .build();
  }

  /** Payments by their place. */
  private static final class Sending implements GeneratorFunction<Long, Transaction> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Transaction map(Long place) {
      return current.send((int) (long) place);
    }
  }

  /** Results, which end here. */
  private static final class Counting implements FilterFunction<Found> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(Found found) {
      current.take(found);
      return false;
    }
  }
}
