package dev.tidegate.benchmarks.job;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.lab.platform.RunningJob;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The features job from [transactions] to [features]: broker, registry, RocksDB, checkpoints. The
 * job first works off a topic that was filled while it stood still, so that no sender takes part in
 * the figure; then the sender keeps half of that rate, each payment at its intended moment however
 * the job keeps up.
 */
public final class WholeJob implements AutoCloseable {
  private static final int TRIAL = 100_000;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
  private static final double STEADY_AFTER = 0.1;
  private static final double SPARE = 1.6;
  private static final double MEBIBYTE = 1 << 20;
  private static final double DAY_MS = 86_400_000;

  // configuration
  private final Settings settings;
  private final Catalogue catalogue;
  private final Terminal terminal;

  // runtime
  private final JobRun run;

  /**
   * What to measure.
   *
   * @param seconds span of the figure at full speed
   * @param latencySeconds span of the figure at half of it
   * @param parallelism subtasks of the job
   * @param customers of the simulated bank; each makes about 3.3 payments a day
   * @param seed of the bank
   */
  public record Settings(
      int seconds, int latencySeconds, int parallelism, int customers, long seed) {}

  /** Starts broker, registry and Flink on a temporary directory. */
  public WholeJob(Settings settings, Catalogue catalogue, Terminal terminal) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.terminal = terminal;
    run =
        new JobRun(
            settings.parallelism(),
            catalogue,
            new SimulatedPayments(settings.seed(), settings.customers(), HotKey.NONE),
            terminal);
  }

  /** Measures. */
  public JobFigures run() {
    run.preload(TRIAL);
    RunningJob job = run.submit();
    Stopwatch watch = new Stopwatch();
    run.drain(DRAIN_LIMIT);
    double guess = run.sent() / watch.seconds();
    job.cancel();
    run.preload((long) (guess * SPARE * settings.seconds() * (1 + STEADY_AFTER)));
    job = run.submit();
    JobFigures.Sustained sustained = sustained();
    run.drain(DRAIN_LIMIT);
    JobFigures.Latency latency =
        run.latency(
            sustained.perSecond() / 2, settings.latencySeconds() / 6.0, settings.latencySeconds());
    job.checkpoint();
    return new JobFigures(
        catalogue.size(), settings.parallelism(), sustained, latency, stateSize());
  }

  private JobFigures.Sustained sustained() {
    long before = run.answered();
    Stopwatch.await(Duration.ofSeconds(30), () -> run.answered() > before);
    Stopwatch.await(
        Duration.ofMillis((long) (settings.seconds() * 1e3 * STEADY_AFTER)), () -> false);
    long from = run.answered();
    Stopwatch watch = new Stopwatch();
    terminal.begin("as fast as it goes", run.sent() - from);
    Stopwatch.await(
        Duration.ofSeconds(settings.seconds()),
        () -> {
          LockSupport.parkNanos(50_000_000);
          long count = run.answered();
          terminal.at(count - from);
          return count >= run.sent() * 0.99;
        });
    long done = run.answered() - from;
    double seconds = watch.seconds();
    double cpu = watch.cpuSeconds();
    terminal.end();
    int cores = Runtime.getRuntime().availableProcessors();
    return new JobFigures.Sustained(
        done, seconds, done / seconds, done / cpu, done / seconds / cores);
  }

  private JobFigures.StateSize stateSize() {
    FileBytes files = new FileBytes();
    try {
      Files.walkFileTree(run.checkpoints(), files);
    } catch (IOException e) {
      throw new IllegalStateException("the checkpoints cannot be measured", e);
    }
    return new JobFigures.StateSize(
        run.sent(), settings.customers(), run.spanMs() / DAY_MS, files.bytes / MEBIBYTE);
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
    run.close();
  }
}
