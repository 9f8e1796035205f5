package dev.tidegate.benchmarks.job;

import dev.tidegate.app.stage.Jobs;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.ingest.publish.TransactionPublisher;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The features job on a platform of its own, with a sender of simulated payments before it and a
 * count of vectors behind it. For one thread.
 */
final class JobRun implements AutoCloseable {
  private static final Duration RUNNING_LIMIT = Duration.ofMinutes(1);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
  private static final int MANAGED_MIB_A_SLOT = 512;
  private static final int BEAT_EVERY = 200;
  private static final long BEAT_NANOS = 5_000_000;
  private static final double NANOS = 1e9;

  /**
   * How far ahead a partition is read, in time of the bank. That runs thousands of times as fast as
   * the clock: by the default of a live job, a minute, the job would wait for agreements on it.
   */
  private static final long DRIFT_MS = Duration.ofDays(7).toMillis();

  // configuration
  private final int parallelism;
  private final Catalogue catalogue;
  private final Terminal terminal;

  // runtime
  private final EmbeddedPlatform platform;
  private final TransactionPublisher publisher;
  private final SimulatedPayments payments;
  private final TopicEnds vectors;
  private long firstMs = Long.MIN_VALUE;
  private long newestMs;

  /** Starts broker, registry and Flink on a temporary directory; the job does not run yet. */
  JobRun(int parallelism, Catalogue catalogue, SimulatedPayments payments, Terminal terminal) {
    this.parallelism = parallelism;
    this.catalogue = catalogue;
    this.payments = payments;
    this.terminal = terminal;
    FlinkOptions defaults = FlinkOptions.defaults();
    platform =
        EmbeddedPlatform.start(
            PlatformOptions.ephemeral()
                .withFlink(
                    new FlinkOptions(
                        parallelism,
                        parallelism,
                        CHECKPOINTS,
                        defaults.bufferTimeout(),
                        MANAGED_MIB_A_SLOT * parallelism,
                        defaults.restart())),
            terminal::say);
    publisher =
        new TransactionPublisher(
            Map.of("bootstrap.servers", platform.bootstrapServers()),
            new ConfluentRegistry(platform.registryUrl()));
    vectors = new TopicEnds(platform.bootstrapServers(), Topics.FEATURES);
  }

  /** Payments sent so far. */
  long sent() {
    return payments.made();
  }

  /** Vectors on the topic so far. */
  long answered() {
    return vectors.count();
  }

  /** From the first payment to the newest, milliseconds of their time. */
  long spanMs() {
    return newestMs - firstMs;
  }

  /** Folder of the job's checkpoints. */
  Path checkpoints() {
    return platform.directory().flink().resolve("checkpoints");
  }

  /** Starts the job, from its newest checkpoint if it ran before. */
  RunningJob submit() {
    StreamSettings stream =
        StreamSettings.of(
                "features", platform.bootstrapServers(), platform.registryUrl(), parallelism)
            .withTiming(timing());
    RunningJob job = Jobs.features(platform.flink(), stream, catalogue);
    job.awaitRunning(RUNNING_LIMIT);
    return job;
  }

  private static StreamSettings.Timing timing() {
    StreamSettings.Timing live = StreamSettings.Timing.defaults();
    return new StreamSettings.Timing(live.disorderMs(), live.idleMs(), DRIFT_MS);
  }

  /** Sends as fast as it goes. */
  void preload(long count) {
    terminal.begin("filling [transactions]", count);
    for (long i = 0; i < count; i++) {
      publish(payments.next(0));
      if (i % BEAT_EVERY == 0) {
        publisher.heartbeat(newestMs);
        terminal.at(i);
      }
    }
    terminal.at(count);
    // The next payment is not before this one, and a watermark stands just before its heartbeat.
    publisher.heartbeat(newestMs + 1);
    publisher.flush();
    terminal.end();
  }

  private void publish(Transaction payment) {
    newestMs = payment.getEventTimeMs();
    if (firstMs == Long.MIN_VALUE) {
      firstMs = newestMs;
    }
    publisher.publish(payment);
  }

  /** Waits until every payment sent has a vector. */
  void drain(Duration limit) {
    terminal.begin("working it off", payments.made());
    boolean done =
        Stopwatch.await(
            limit,
            () -> {
              long count = vectors.count();
              terminal.at(count);
              return count >= payments.made();
            });
    terminal.end();
    if (!done) {
      throw new IllegalStateException(
          vectors.count() + " of " + payments.made() + " vectors after " + limit);
    }
  }

  /**
   * Added latency at a steady rate, after a time at that rate.
   *
   * @param warmUp seconds before the measured ones
   */
  JobFigures.Latency latency(double perSecond, double warmUp, int seconds) {
    sendAt(perSecond, warmUp);
    var transactionsFrom =
        AppendTimes.Offsets.now(platform.bootstrapServers(), Topics.TRANSACTIONS);
    var featuresFrom = AppendTimes.Offsets.now(platform.bootstrapServers(), Topics.FEATURES);
    long first = payments.made();
    sendAt(perSecond, seconds);
    int sent = (int) (payments.made() - first);
    publisher.heartbeat(newestMs + 1);
    publisher.flush();
    drain(Duration.ofMinutes(1));
    AppendTimes times = new AppendTimes(first, sent);
    times.read(
        platform.bootstrapServers(),
        new ConfluentRegistry(platform.registryUrl()),
        transactionsFrom,
        featuresFrom);
    long answered = times.added.getTotalCount();
    return new JobFigures.Latency(
        perSecond,
        answered,
        sent - answered,
        quantiles(times.added),
        quantiles(times.fromIntended));
  }

  /** Sends at a steady rate with heartbeats, as the door does; what is late is sent at once. */
  private void sendAt(double perSecond, double seconds) {
    long count = (long) (perSecond * seconds);
    long begun = WallClock.nanos();
    long begunMs = WallClock.INSTANCE.millis();
    long beaten = begun;
    terminal.begin(String.format(Locale.ROOT, "at %.0f payments/s", perSecond), count);
    for (long i = 0; i < count; i++) {
      double dueNanos = i / perSecond * NANOS;
      while (WallClock.nanos() - begun < dueNanos) {
        beaten = beat(beaten);
        LockSupport.parkNanos(200_000);
      }
      publish(payments.next(begunMs + (long) (dueNanos / 1e6)));
      beaten = beat(beaten);
      terminal.at(i);
    }
    terminal.end();
  }

  private long beat(long beaten) {
    long now = WallClock.nanos();
    if (now - beaten < BEAT_NANOS) {
      return beaten;
    }
    publisher.heartbeat(newestMs + 1);
    return now;
  }

  private static JobFigures.Quantiles quantiles(Histogram histogram) {
    return new JobFigures.Quantiles(
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }

  @Override
  public void close() {
    vectors.close();
    publisher.close();
    platform.close();
  }
}
