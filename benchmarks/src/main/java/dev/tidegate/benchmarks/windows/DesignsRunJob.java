package dev.tidegate.benchmarks.windows;

import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Runs one design on a Flink of its own in this process, one slot, state in RocksDB: fills its
 * state, warms it up, counts what it handles in a span of wall time, and cancels it.
 */
public final class DesignsRunJob {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration FILL_LIMIT = Duration.ofMinutes(4);
  private static final long DAY_MS = 86_400_000L;
  private static final int MANAGED_MIB = 256;

  // configuration
  private final Path scratch;
  private final long seed;
  private final Duration span;
  private final long mostEvents;

  /**
   * A runner.
   *
   * @param scratch folder for RocksDB
   * @param seed of the stream
   * @param span how long each run is measured
   * @param mostEvents after how many events a run ends earlier
   */
  public DesignsRunJob(Path scratch, long seed, Duration span, long mostEvents) {
    this.scratch = scratch;
    this.seed = seed;
    this.span = span;
    this.mostEvents = mostEvents;
  }

  /**
   * Measures.
   *
   * @param keptAMonth for {@link Design#OURS}: keep histories for 30 days whatever the window
   */
  public DesignRun run(Design design, Load load, WindowSpec window, boolean keptAMonth)
      throws Exception {
    Meter.reset();
    long filled = fill(design, load, keptAMonth ? WindowSpec.MONTH : window);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
    DataStream<Transaction> payments =
        DesignsJob.source(env, new SpendStream(load, seed), Long.MAX_VALUE);
    switch (design) {
      case OURS -> {
        Catalogue catalogue = keptAMonth ? window.catalogueOfAMonth() : window.catalogue();
        finish(DesignsJob.ours(env, payments, catalogue), true);
      }
      case HOP -> finish(DesignsJob.hop(payments, window.lengthMs()), false);
      case RESCAN -> finish(DesignsJob.rescan(payments, window.lengthMs(), filled), false);
    }
    JobClient job = env.executeAsync(design + " " + load.name() + " " + window.word());
    try {
      return measure(
          job,
          filled,
          new DesignRun(
              design, load.name(), window.word(), keptAMonth, 0, new DesignRun.Speed(0, 0), 0));
    } finally {
      job.cancel().get();
    }
  }

  /**
   * A window's worth of events and a day; HOP is steady from the start, see benchmarks/README.md.
   */
  private static long fill(Design design, Load load, WindowSpec window) {
    return design == Design.HOP ? load.entities() : load.eventsIn(window.lengthMs() + DAY_MS);
  }

  private Configuration configuration() {
    Configuration configuration = JobConfiguration.streaming();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CoreOptions.TMP_DIRS, scratch.toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(MANAGED_MIB));
    return configuration;
  }

  private static <T> void finish(DataStream<T> results, boolean oneAnEvent) {
    results.filter(new Counting<>(oneAnEvent)).sinkTo(new DiscardingSink<>());
  }

  private DesignRun measure(JobClient job, long filled, DesignRun asked) throws Exception {
    int each = asked.design() == Design.HOP ? DesignsJob.HOPS : 1;
    awaitHandled(job, filled * each, FILL_LIMIT);
    Stopwatch.await(WARM_UP, () -> false);
    long handled = Meter.HANDLED.get();
    long results = Meter.RESULTS.get();
    Stopwatch watch = new Stopwatch();
    Stopwatch.await(span, () -> Meter.HANDLED.get() - handled >= mostEvents * each);
    double events = (double) (Meter.HANDLED.get() - handled) / each;
    double seconds = watch.seconds();
    double cpu = watch.cpuSeconds();
    double found = Meter.RESULTS.get() - results;
    requireRunning(job);
    return new DesignRun(
        asked.design(),
        asked.load(),
        asked.window(),
        asked.keptAMonth(),
        (long) events,
        new DesignRun.Speed(events / seconds, cpu * 1e6 / events),
        found / events);
  }

  private static void awaitHandled(JobClient job, long count, Duration limit) throws Exception {
    Stopwatch watch = new Stopwatch();
    while (!Stopwatch.await(Duration.ofSeconds(1), () -> Meter.HANDLED.get() >= count)) {
      requireRunning(job);
      if (watch.seconds() > limit.toSeconds()) {
        throw new IllegalStateException(
            "the state was not filled within " + limit + ": " + Meter.HANDLED.get() + " events");
      }
    }
  }

  private static void requireRunning(JobClient job) throws Exception {
    JobStatus status = job.getJobStatus().get();
    if (status.isTerminalState()) {
      job.getJobExecutionResult().get();
      throw new IllegalStateException("the job is " + status);
    }
  }

  /** Lets everything through and counts it. */
  private static final class Counting<T> implements FilterFunction<T> {
    private static final long serialVersionUID = 1L;

    private final boolean handles;

    Counting(boolean handles) {
      this.handles = handles;
    }

    @Override
    public boolean filter(T result) {
      Meter.RESULTS.incrementAndGet();
      if (handles) {
        Meter.HANDLED.incrementAndGet();
      }
      return true;
    }
  }
}
