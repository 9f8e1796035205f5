package dev.tidegate.lab.platform;

import dev.tidegate.lab.platform.PlatformOptions.Registry;
import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker with all topics, registry with all subjects, database and mini cluster on one data
 * directory, started side by side. A second start on the directory goes on where the first stopped,
 * however that stopped. Thread safe.
 */
public final class EmbeddedPlatform implements ClosesWithin {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPlatform.class);
  private static final double NANOS_A_SECOND = 1e9;

  private static final Duration STOP_LIMIT = Duration.ofSeconds(9);

  private final DataDirectory directory;
  private final long floor;
  private final EmbeddedKafka kafka;
  private final @Nullable EmbeddedRegistry registry;
  private final @Nullable EmbeddedDatabase database;
  private final @Nullable EmbeddedFlink flink;
  private boolean closed;

  private EmbeddedPlatform(DataDirectory directory, long floor, Parts parts) {
    this.directory = directory;
    this.floor = floor;
    this.kafka = parts.kafka.join();
    this.registry = parts.registry.join();
    this.database = parts.database.join();
    this.flink = parts.flink.join();
  }

  /**
   * Starts the platform; returns once all parts serve.
   *
   * @param progress takes a line for people as each part gets ready, from several threads
   * @throws StartupRefused for what the user can mend: directory full, unwritable or in use, port
   *     in use
   */
  public static EmbeddedPlatform start(PlatformOptions options, Consumer<String> progress) {
    Path path = options.directory();
    DataDirectory directory =
        path == null
            ? DataDirectory.ephemeral()
            : DataDirectory.open(path, options.disk().freeAtStart());
    ExecutorService starters = Executors.newFixedThreadPool(4);
    try {
      Parts parts = new Parts(directory, options, progress, starters);
      try {
        parts.await();
        return new EmbeddedPlatform(directory, options.disk().freeAtLeast(), parts);
      } catch (CompletionException e) {
        parts.close();
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    } finally {
      starters.shutdown();
    }
  }

  /** The data directory. */
  public DataDirectory directory() {
    return directory;
  }

  /** The broker. */
  public EmbeddedKafka kafka() {
    return kafka;
  }

  /** Address of the broker, {@code host:port}. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /**
   * Address of the registry in Confluent's dialect.
   *
   * @throws IllegalStateException if the options left it out
   */
  public String registryUrl() {
    return required(registry, "registry").url();
  }

  /**
   * The database.
   *
   * @throws IllegalStateException if the options left it out
   */
  public EmbeddedDatabase database() {
    return required(database, "database");
  }

  /**
   * The mini cluster.
   *
   * @throws IllegalStateException if the options left it out
   */
  public EmbeddedFlink flink() {
    return required(flink, "Flink");
  }

  private static <T> T required(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException("this platform was started without " + name);
    }
    return part;
  }

  /**
   * Makes sure that the platform can go on; to be asked about twice a second while it runs.
   *
   * @throws PlatformFailed if the disk is nearly full, or the broker gave up: it has to be closed
   */
  public void requireHealthy() {
    directory.requireRunningSpace(floor);
    if (kafka.gaveUp()) {
      throw new PlatformFailed(
          "the broker gave up, for it could not write its log under "
              + directory.kafka()
              + "; see the log, mend the disk and start again, nothing is lost");
    }
  }

  /** Stops within 9 s; see {@link #close(Deadline)}. */
  @Override
  public void close() {
    close(Deadline.in(STOP_LIMIT));
  }

  /**
   * Stops jobs, in half of the time, then broker, registry and database side by side. What does not
   * stop in order is stopped by force: no child process outlives the deadline. Idempotent.
   */
  @Override
  public synchronized void close(Deadline deadline) {
    if (closed) {
      return;
    }
    closed = true;
    stop(flink, deadline.share(0.5));
    List<ClosesWithin> servers = new ArrayList<>(List.of(kafka));
    if (registry != null) {
      servers.add(registry);
    }
    if (database != null) {
      servers.add(database);
    }
    // A little is kept for killing what does not stop.
    Deadline forServers = deadline.share(0.9);
    List<Thread> stopping = servers.stream().map(part -> stopping(part, forServers)).toList();
    stopping.forEach(thread -> join(thread, deadline));
    stop(directory);
  }

  private static Thread stopping(ClosesWithin part, Deadline deadline) {
    Thread thread =
        new Thread(() -> stop(part, deadline), "stop-" + part.getClass().getSimpleName());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void join(Thread thread, Deadline deadline) {
    try {
      thread.join(Math.max(1, deadline.left().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(@Nullable ClosesWithin part, Deadline deadline) {
    try {
      if (part != null) {
        part.close(deadline);
      }
    } catch (RuntimeException e) {
      LOG.warn("{} did not stop in order", part, e);
    }
  }

  private static void stop(@Nullable AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      LOG.warn("{} did not stop in order", part, e);
    }
  }

  /** The parts while they start. */
  private static final class Parts {
    final CompletableFuture<EmbeddedKafka> kafka;
    final CompletableFuture<@Nullable EmbeddedRegistry> registry;
    final CompletableFuture<@Nullable EmbeddedDatabase> database;
    final CompletableFuture<@Nullable EmbeddedFlink> flink;
    private final Consumer<String> progress;
    private final ExecutorService starters;

    Parts(
        DataDirectory directory,
        PlatformOptions options,
        Consumer<String> progress,
        ExecutorService starters) {
      this.progress = progress;
      this.starters = starters;
      PlatformOptions.LoopbackPorts ports = options.ports();
      FlinkOptions flinkOptions = options.flink();
      registry =
          begin(
              "registry",
              options.registry() != Registry.NONE,
              () ->
                  EmbeddedRegistry.start(
                      directory.registry(),
                      directory.logs(),
                      ports.registry(),
                      options.registry() == Registry.PERSISTENT));
      kafka = begin("broker", () -> startBroker(directory, ports.kafka(), options.disk()));
      database =
          begin(
              "database",
              options.database(),
              () ->
                  EmbeddedDatabase.start(directory.postgres(), directory.logs(), ports.database()));
      flink =
          flinkOptions == null
              ? CompletableFuture.completedFuture(null)
              : begin("Flink", true, () -> EmbeddedFlink.start(directory.flink(), flinkOptions));
    }

    private static EmbeddedKafka startBroker(
        DataDirectory directory, int port, PlatformOptions.Disk disk) {
      EmbeddedKafka broker = EmbeddedKafka.start(directory.kafka(), port);
      try {
        broker.createTopics(disk.passingLog(), disk.amlLane());
        return broker;
      } catch (RuntimeException e) {
        broker.close();
        throw e;
      }
    }

    private <T> CompletableFuture<@Nullable T> begin(
        String name, boolean wanted, Supplier<T> start) {
      return wanted
          ? CompletableFuture.supplyAsync(() -> timed(name, start), starters)
          : CompletableFuture.completedFuture(null);
    }

    private <T> CompletableFuture<T> begin(String name, Supplier<T> start) {
      return CompletableFuture.supplyAsync(() -> timed(name, start), starters);
    }

    private <T> T timed(String name, Supplier<T> start) {
      long began = WallClock.nanos();
      T part = start.get();
      double seconds = (WallClock.nanos() - began) / NANOS_A_SECOND;
      progress.accept(String.format(Locale.ROOT, "%s ready in %.1f s", name, seconds));
      return part;
    }

    /** Waits for all parts, those that fail included, so that all that started can be stopped. */
    void await() {
      CompletableFuture.allOf(kafka, registry, database, flink).join();
    }

    void close() {
      for (CompletableFuture<?> part : List.of(flink, kafka, registry, database)) {
        if (!part.isCompletedExceptionally() && part.join() instanceof AutoCloseable started) {
          stop(started);
        }
      }
    }
  }
}
