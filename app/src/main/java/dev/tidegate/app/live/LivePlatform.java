package dev.tidegate.app.live;

import dev.tidegate.app.Refused;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.app.stage.Stages;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.console.Console;
import dev.tidegate.console.ConsoleSettings;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.LoadedRelease;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole platform in one process, from start to stop. */
public final class LivePlatform implements AutoCloseable {
  private static final long TICK_MS = 500;
  private static final int MEBIBYTE = 1 << 20;

  private final Started parts;
  private final EmbeddedPlatform platform;
  private final Stages stages;
  private final FeedRun feed;
  private final Pulse pulse;
  private final Console console;

  private LivePlatform(
      Started parts,
      EmbeddedPlatform platform,
      Stages stages,
      FeedRun feed,
      Pulse pulse,
      Console console) {
    this.parts = parts;
    this.platform = platform;
    this.stages = stages;
    this.feed = feed;
    this.pulse = pulse;
    this.console = console;
  }

  /**
   * Starts the platform and runs it until its time is over or the process is told to stop.
   *
   * @return 0, or 1 if the feed or a job failed
   */
  public static int run(LiveRequest request, Terminal terminal) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook = new Thread(() -> await(stop, stopped), "tidegate-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    LiveEvents events = new LiveEvents(request.run().events(), WallClock.INSTANCE);
    try (LivePlatform live = start(request, terminal)) {
      terminal.say("alerts: " + live.console.url());
      events.started(live.console.url(), request.feed().text());
      int code = live.follow(request.run().duration(), stop, terminal, events);
      terminal.say("stopping ...");
      live.stop();
      events.stopped();
      terminal.say("stopped");
      return code;
    } finally {
      stopped.countDown();
    }
  }

  /** In the shutdown hook: asks the main thread to stop and waits until it has. */
  private static void await(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      if (!stopped.await(10, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts everything; what was started is stopped again if a later part cannot start. */
  static LivePlatform start(LiveRequest request, Terminal terminal) {
    String host = request.configuration().text("console.host");
    Integer given = request.port();
    int port = given == null ? request.configuration().integer("console.port", 0, 65_535) : given;
    if (port < 0 || port > 65_535) {
      throw new Refused("--port must be from 0 to 65535");
    }
    Console.requireFreePort(host, port);
    LoadedRelease release = Releases.load(request.model());
    terminal.say("release " + release.manifest().release() + ", feed: " + request.feed().text());
    Started started = new Started();
    try {
      EmbeddedPlatform platform =
          started.add(EmbeddedPlatform.start(options(request), line -> terminal.say("  " + line)));
      Servers servers =
          new Servers(platform.bootstrapServers(), platform.registryUrl(), platform.flink());
      StageSettings settings =
          new StageSettings(
              request.configuration(), servers, request.feed().profile().format().disorder());
      Stages stages =
          started.add(
              Stages.all(
                  servers, settings, release, platform.directory().path().resolve("streams")));
      FeedRun feed =
          started.add(FeedRun.start(request, servers, platform.directory(), stages.scorer()));
      Pulse pulse = new Pulse(request.feed().text(), feed, stages.scorer(), WallClock.INSTANCE);
      PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      stages.bindTo(metrics);
      feed.bindTo(metrics);
      Console console =
          started.add(
              Console.start(
                  new ConsoleSettings(
                      host,
                      port,
                      platform.database().jdbcUrl(),
                      "postgres",
                      "",
                      servers.bootstrapServers(),
                      servers.registry(),
                      WallClock.INSTANCE),
                  pulse::status,
                  metrics));
      return new LivePlatform(started, platform, stages, feed, pulse, console);
    } catch (RuntimeException e) {
      started.closeAll();
      throw e;
    }
  }

  private static PlatformOptions options(LiveRequest request) {
    long freeBytes =
        (long) request.configuration().integer("platform.min-free-disk-mib", 0, 1_000_000)
            * MEBIBYTE;
    Duration interval =
        request
            .configuration()
            .span("platform.checkpoint-interval", Duration.ofMillis(100), Duration.ofMinutes(10));
    return PlatformOptions.at(request.data())
        .withDisk(
            new PlatformOptions.Disk(freeBytes, floor(request), passingLog(request, interval)))
        .withFlink(FlinkSizes.of(request.configuration(), interval));
  }

  private static long floor(LiveRequest request) {
    return (long) request.configuration().integer("platform.stop-free-disk-mib", 0, 1_000_000)
        * MEBIBYTE;
  }

  /** Checked against what the stages may have to read again. */
  private static long passingLog(LiveRequest request, Duration checkpointInterval) {
    long bytes =
        (long) request.configuration().integer("platform.passing-log-mib", 0, 10_000_000)
            * MEBIBYTE;
    long least =
        PlatformOptions.leastPassingLog(
            request.configuration().integer("ingest.max-in-flight", 100, 1_000_000),
            checkpointInterval);
    if (bytes > 0 && bytes < least) {
      throw new Refused(
          "setting platform.passing-log-mib must be at least "
              + (least / MEBIBYTE + 1)
              + " with these ingest.max-in-flight and platform.checkpoint-interval, or 0");
    }
    return bytes;
  }

  /** Shows progress until the time is over or a stop is asked for. */
  private int follow(
      @Nullable Duration duration, CountDownLatch stop, Terminal terminal, LiveEvents events) {
    long endNanos = duration == null ? Long.MAX_VALUE : WallClock.nanos() + duration.toNanos();
    long lines = 0;
    while (duration == null || WallClock.nanos() < endNanos) {
      if (stopAsked(stop)) {
        return 0;
      }
      stages.scorer().keepRunning();
      Pulse.Beat beat = pulse.beat();
      terminal.status(beat.text(console.url()));
      if (!terminal.isLive() && lines++ % 20 == 0) {
        terminal.say(beat.text(console.url()));
      }
      events.progress(beat);
      platform.requireHealthy();
      stages.requireHealthy();
      Throwable failure = feed.failure();
      if (failure != null) {
        logger().error("feed failed", failure);
        terminal.say("the feed failed: " + failure.getMessage());
        return 1;
      }
    }
    terminal.say(pulse.beat().text(console.url()));
    terminal.say("ran for " + Figures.span(Objects.requireNonNull(duration)));
    return 0;
  }

  private static boolean stopAsked(CountDownLatch stop) {
    try {
      return stop.await(TICK_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(LivePlatform.class);
  }

  /** Address of the page. */
  String url() {
    return console.url();
  }

  /** Stops all parts, the newest first; may be called twice. */
  private void stop() {
    parts.closeAll();
  }

  @Override
  public void close() {
    stop();
  }
}
