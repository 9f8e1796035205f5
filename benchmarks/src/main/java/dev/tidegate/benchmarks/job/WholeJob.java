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
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The features job from [transactions] to [features]: broker, registry, RocksDB, checkpoints. The
 * job first works off a topic that was filled while it stood still, so that no sender takes part in
 * the figure; then the sender keeps half of that rate, each payment at its intended moment however
 * the job keeps up.
 */
public final class WholeJob implements AutoCloseable {
  private static final Duration RUNNING_LIMIT = Duration.ofSeconds(60);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
  private static final int MANAGED_MIB_A_SLOT = 512;
  private static final int TRIAL = 100_000;
  private static final int BEAT_EVERY = 200;
  private static final long BEAT_NANOS = 5_000_000;
  private static final double STEADY_AFTER = 0.1;
  private static final double SPARE = 1.6;
  private static final double NANOS = 1e9;
  private static final double MEBIBYTE = 1 << 20;
  private static final double DAY_MS = 86_400_000;

  // configuration
  private final Settings settings;
  private final Catalogue catalogue;
  private final Terminal terminal;

  // runtime
  private final EmbeddedPlatform platform;
  private final TransactionPublisher publisher;
  private final SimulatedPayments payments;
  private final TopicEnds vectors;
  private long firstMs = Long.MIN_VALUE;
  private long newestMs;

  /**
   * What to measure.
   *
   * @param seconds span of each of the two figures
   * @param parallelism subtasks of the job
   * @param customers of the simulated bank; each makes about 3.3 payments a day
   * @param seed of the bank
   */
  public record Settings(int seconds, int parallelism, int customers, long seed) {}

  /** Starts broker, registry and Flink on a temporary directory. */
  public WholeJob(Settings settings, Catalogue catalogue, Terminal terminal) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.terminal = terminal;
    FlinkOptions defaults = FlinkOptions.defaults();
    platform =
        EmbeddedPlatform.start(
            PlatformOptions.ephemeral()
                .withFlink(
                    new FlinkOptions(
                        settings.parallelism(),
                        settings.parallelism(),
                        CHECKPOINTS,
                        defaults.bufferTimeout(),
                        MANAGED_MIB_A_SLOT * settings.parallelism(),
                        defaults.restart())),
            terminal::say);
    publisher =
        new TransactionPublisher(
            Map.of("bootstrap.servers", platform.bootstrapServers()),
            new ConfluentRegistry(platform.registryUrl()));
    payments = new SimulatedPayments(settings.seed(), settings.customers());
    vectors = new TopicEnds(platform.bootstrapServers(), Topics.FEATURES);
  }

  /** Measures. */
  public JobFigures run() {
    preload(TRIAL);
    RunningJob job = submit();
    Stopwatch watch = new Stopwatch();
    drain(Duration.ofMinutes(3));
    double guess = payments.made() / watch.seconds();
    job.cancel();
    preload((long) (guess * SPARE * settings.seconds() * (1 + STEADY_AFTER)));
    job = submit();
    JobFigures.Sustained sustained = sustained();
    drain(Duration.ofMinutes(3));
    JobFigures.Latency latency = latency(sustained.perSecond() / 2);
    job.checkpoint();
    return new JobFigures(
        catalogue.size(), settings.parallelism(), sustained, latency, stateSize());
  }

  private RunningJob submit() {
    StreamSettings stream =
        StreamSettings.of(
            "features",
            platform.bootstrapServers(),
            platform.registryUrl(),
            settings.parallelism());
    RunningJob job = Jobs.features(platform.flink(), stream, catalogue);
    job.awaitRunning(RUNNING_LIMIT);
    return job;
  }

  private void preload(long count) {
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

  private void drain(Duration limit) {
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

  private JobFigures.Sustained sustained() {
    long before = vectors.count();
    Stopwatch.await(Duration.ofSeconds(30), () -> vectors.count() > before);
    Stopwatch.await(
        Duration.ofMillis((long) (settings.seconds() * 1e3 * STEADY_AFTER)), () -> false);
    long from = vectors.count();
    Stopwatch watch = new Stopwatch();
    terminal.begin("as fast as it goes", payments.made() - from);
    Stopwatch.await(
        Duration.ofSeconds(settings.seconds()),
        () -> {
          LockSupport.parkNanos(50_000_000);
          long count = vectors.count();
          terminal.at(count - from);
          return count >= payments.made() * 0.99;
        });
    long done = vectors.count() - from;
    double seconds = watch.seconds();
    double cpu = watch.cpuSeconds();
    terminal.end();
    int cores = Runtime.getRuntime().availableProcessors();
    return new JobFigures.Sustained(
        done, seconds, done / seconds, done / cpu, done / seconds / cores);
  }

  private JobFigures.Latency latency(double perSecond) {
    sendAt(perSecond, settings.seconds() / 6.0);
    var transactionsFrom =
        AppendTimes.Offsets.now(platform.bootstrapServers(), Topics.TRANSACTIONS);
    var featuresFrom = AppendTimes.Offsets.now(platform.bootstrapServers(), Topics.FEATURES);
    long first = payments.made();
    sendAt(perSecond, settings.seconds());
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

  private JobFigures.StateSize stateSize() {
    Path checkpoints = platform.directory().flink().resolve("checkpoints");
    FileBytes files = new FileBytes();
    try {
      Files.walkFileTree(checkpoints, files);
    } catch (IOException e) {
      throw new IllegalStateException("the checkpoints cannot be measured", e);
    }
    return new JobFigures.StateSize(
        payments.made(),
        settings.customers(),
        (newestMs - firstMs) / DAY_MS,
        files.bytes / MEBIBYTE);
  }

  /** Bytes of files, of which the job may delete some meanwhile. */
  private static final class FileBytes extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
      if (gone instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw gone;
    }
  }

  @Override
  public void close() {
    vectors.close();
    publisher.close();
    platform.close();
  }
}
