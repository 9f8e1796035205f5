package dev.tidegate.benchmarks.graph;

import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.graphaml.GraphPipeline;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.time.WallClock;
import java.io.Serial;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The graph as a Flink job in this process, in the layout of its settings and laid out as in
 * production: state in RocksDB, a checkpoint each two seconds, payments from memory in the order of
 * time, signals and alerts let go. One run has four stretches: the window fills; payments are
 * measured as fast as the job takes them; it comes to rest at half of that rate; payments are
 * measured at that rate. One run at a time.
 */
final class LayoutJob {
  private static final long CHECKPOINT_MS = 2_000;
  private static final double NANOS_A_SECOND = 1e9;
  private static final double NANOS_A_MILLI = 1e6;

  /** The watermark passes a payment once later ones have come. */
  private static final int AHEAD = 100;

  private static final CompletableFuture<Void> READY = CompletableFuture.completedFuture(null);
  private static final Payment NOTHING = new Payment(0, 0, 0, 0, 0, 0);

  /** What tasks of the run that goes on write to; they are in this process. */
  private static volatile Run current = new Run(new Stretches(0, 0), i -> NOTHING);

  private final GraphConfig config;
  private final Path checkpoints;

  /**
   * How long each stretch is.
   *
   * @param filled payments before anything is measured
   * @param measured payments measured at full speed; half as many come to rest, and as many as
   *     these are measured at half of the speed
   */
  record Stretches(int filled, int measured) {
    int full() {
      return filled + measured;
    }

    int rested() {
      return full() + measured / 2;
    }

    int end() {
      return rested() + measured / 2;
    }
  }

  /**
   * Both measured stretches.
   *
   * @param askedPerSecond the rate at which paced payments were due
   * @param leastLateNanos how long after it was due a paced payment was sent, the least of all:
   *     none may be early
   */
  record Measured(JobFigures full, double askedPerSecond, long leastLateNanos, JobFigures paced) {}

  /** One run. */
  private static final class Run {
    private final Stretches stretches;
    private final IntFunction<Payment> payments;
    private final long[] sentNanos;
    private final ConcurrentHistogram fullNanos = new ConcurrentHistogram(3);
    private final ConcurrentHistogram pacedNanos = new ConcurrentHistogram(3);
    private final AtomicInteger told = new AtomicInteger();
    private volatile Stopwatch watch = new Stopwatch();
    private volatile double fullSeconds;
    private volatile double fullCpuSeconds;
    private volatile double pacedSeconds;
    private volatile double pacedCpuSeconds;
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private int sent;
    private long pacedSince;
    private volatile long leastLateNanos = Long.MAX_VALUE;

    Run(Stretches stretches, IntFunction<Payment> payments) {
      this.stretches = stretches;
      this.payments = payments;
      sentNanos = new long[stretches.end()];
    }

    /** Half of the full rate, once that is known. */
    double askedPerSecond() {
      return stretches.measured / fullSeconds / 2;
    }

    /** Done when the source may go on: the rate is known once the full stretch is answered. */
    CompletableFuture<Void> ready() {
      return sent < stretches.full() + AHEAD ? READY : answered;
    }

    /** In the one source task. */
    Transaction send(int place) {
      if (place >= stretches.full() + AHEAD) {
        pace(place - stretches.full() - AHEAD);
      }
      sent = place + 1;
      Transaction payment = transaction(payments.apply(place), place);
      sentNanos[place] = WallClock.nanos();
      return payment;
    }

    private void pace(int place) {
      if (place == 0) {
        pacedSince = WallClock.nanos();
      }
      long due = pacedSince + (long) (place / askedPerSecond() * NANOS_A_SECOND);
      for (long left = due - WallClock.nanos(); left > 0; left = due - WallClock.nanos()) {
        LockSupport.parkNanos(left);
      }
      leastLateNanos = Math.min(leastLateNanos, WallClock.nanos() - due);
    }

    void take(GraphSignal signal) {
      int place = Math.toIntExact(signal.getTransaction().getSourceOffset());
      long nanos = WallClock.nanos() - sentNanos[place];
      if (place >= stretches.rested()) {
        pacedNanos.recordValue(nanos);
      } else if (place >= stretches.filled && place < stretches.full()) {
        fullNanos.recordValue(nanos);
      }
      count(told.incrementAndGet());
    }

    private void count(int count) {
      if (count == stretches.filled || count == stretches.rested()) {
        watch = new Stopwatch();
      } else if (count == stretches.full()) {
        fullCpuSeconds = watch.cpuSeconds();
        fullSeconds = watch.seconds();
        answered.complete(null);
      } else if (count == stretches.end()) {
        pacedCpuSeconds = watch.cpuSeconds();
        pacedSeconds = watch.seconds();
      }
    }

    Measured measured() {
      return new Measured(
          figures(stretches.measured, fullSeconds, fullCpuSeconds, fullNanos),
          askedPerSecond(),
          leastLateNanos,
          figures(stretches.end() - stretches.rested(), pacedSeconds, pacedCpuSeconds, pacedNanos));
    }

    private static JobFigures figures(
        int payments, double seconds, double cpuSeconds, ConcurrentHistogram nanos) {
      return new JobFigures(
          payments,
          payments / seconds,
          cpuSeconds / seconds,
          nanos.getValueAtPercentile(50) / NANOS_A_MILLI,
          nanos.getValueAtPercentile(99) / NANOS_A_MILLI);
    }
  }

  /** Keeps checkpoints in a folder. */
  LayoutJob(GraphConfig config, Path checkpoints) {
    this.config = config;
    this.checkpoints = checkpoints;
  }

  /** Runs payments through the job. */
  Measured run(IntFunction<Payment> payments, Stretches stretches, int parallelism)
      throws Exception {
    Run run = new Run(stretches, payments);
    current = run;
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            parallelism, JobConfiguration.durable(checkpoints.toUri().toString(), CHECKPOINT_MS));
    GraphPipeline.define(
            env,
            config,
            opened -> source(opened, stretches.end()),
            new GraphPipeline.Outputs(new DiscardingSink<>(), new DiscardingSink<>()))
        .filter(new Counting())
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    env.execute("bench graph layout");
    return run.measured();
  }

  private static DataStream<Transaction> source(StreamExecutionEnvironment env, int count) {
    return env.fromSource(
            new DataGeneratorSource<>(
                new Sending(),
                count,
                parallelism -> new Waiting(),
                EventTypeInformation.forEvent(Transaction.class)),
            WatermarkStrategy.<Transaction>forMonotonousTimestamps()
                .withTimestampAssigner((payment, time) -> payment.getEventTimeMs()),
            "payments")
        .setParallelism(1)
        .uid("payments");
  }

  /** As the door makes it; the place of the payment is its offset. */
  private static Transaction transaction(Payment payment, int place) {
    return new Transaction(
        Long.toString(payment.id()),
        payment.timeMs(),
        0L,
        "bench",
        (long) place,
        Long.toString(payment.source()),
        Long.toString(payment.target()),
        null,
        null,
        null,
        null,
        payment.amountMinor(),
        "EUR",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Lets payments go once the run is ready for them. */
  private static final class Waiting implements RateLimiter<NumberSequenceSplit> {
    @Override
    public CompletionStage<Void> acquire(int payments) {
      return current.ready();
    }
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
  private static final class Counting implements FilterFunction<GraphSignal> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(GraphSignal signal) {
      current.take(signal);
      return false;
    }
  }
}
