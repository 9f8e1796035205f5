package dev.tidegate.app.alone;

import dev.tidegate.app.Refused;
import dev.tidegate.app.config.RunSettings;
import dev.tidegate.app.config.ServerSettings;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.time.WallClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one stage, from its checks to its stop by a signal. */
public final class LoneRun {
  private static final long TICK_MS = 500;
  private static final long STOP_LIMIT_SECONDS = 20;
  private static final long REGISTRY_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Longer than anything that the stage's own thread waits for while it looks after it. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final String COMPATIBILITY = "FULL_TRANSITIVE";

  // configuration
  private final StageName stage;
  private final Settings settings;
  private final Terminal terminal;
  private final Map<String, String> environment;

  // runtime
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable LoneStage> running = new AtomicReference<>();
  private volatile long lookedNanos = WallClock.nanos();

  private LoneRun(
      StageName stage, Settings settings, Terminal terminal, Map<String, String> environment) {
    this.stage = stage;
    this.settings = settings;
    this.terminal = terminal;
    this.environment = environment;
  }

  /**
   * Runs until the process is told to stop.
   *
   * @throws Refused if settings are missing or wrong
   * @throws dev.tidegate.app.stage.StageFailed if the stage was given up
   */
  public static void of(
      StageName stage, Settings settings, Terminal terminal, Map<String, String> environment) {
    new LoneRun(stage, settings, terminal, environment).run();
  }

  private void run() {
    ServerSettings servers = settings.servers();
    if (stage.usesServers()) {
      require("servers.kafka", servers.kafka());
      require("servers.registry", servers.registry());
    }
    name(ClientAccess.KAFKA_PROPERTY, servers.kafkaProperties());
    name(ClientAccess.REGISTRY_PROPERTY, servers.registryProperties());
    RunSettings run = settings.run();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Runtime.getRuntime().addShutdownHook(new Thread(this::awaitStopped, "tidegate-stop"));
    try (@Nullable BrokerProbe brokers =
            stage.usesServers() ? BrokerProbe.start(servers.kafka()) : null;
        HealthServer health =
            HealthServer.start(
                run.host(), run.port(), this::live, () -> ready(brokers), metrics::scrape)) {
      terminal.say("health of " + stage.word() + ": http://" + run.host() + ":" + health.port());
      serve(metrics);
    } finally {
      stopped.countDown();
    }
  }

  private void serve(PrometheusMeterRegistry metrics) {
    if (stage.usesServers()) {
      awaitRegistry();
    }
    if (stop.getCount() == 0) {
      return;
    }
    try (LoneStage started = new LoneStages(settings, metrics, environment).start(stage)) {
      started.bindTo(metrics);
      lookedNanos = WallClock.nanos();
      running.set(started);
      String page = started.page();
      terminal.say(stage.word() + " runs" + (page.isEmpty() ? "" : ": " + page));
      StageListener news = new News();
      while (!stopAsked(TICK_MS)) {
        started.keepRunning(news);
        lookedNanos = WallClock.nanos();
      }
      terminal.say("stopping ...");
    } finally {
      running.set(null);
    }
    terminal.say("stopped");
  }

  /** Returns once the registry answers, and keeps schemas as this platform needs it. */
  private void awaitRegistry() {
    ConfluentRegistry registry = new ConfluentRegistry(settings.servers().registry());
    long begun = WallClock.nanos();
    while (true) {
      try {
        String kept = registry.compatibility();
        if (!kept.equals(COMPATIBILITY)) {
          throw new Refused(
              "registry "
                  + settings.servers().registry()
                  + " keeps compatibility "
                  + kept
                  + "; set it to "
                  + COMPATIBILITY
                  + ", or old data becomes unreadable one day");
        }
        return;
      } catch (RegistryException e) {
        if (WallClock.nanos() - begun > REGISTRY_PATIENCE_NANOS || stopAsked(TICK_MS)) {
          throw new Refused(e);
        }
      }
    }
  }

  /** Not if whoever looks after the stage is stuck: only a new process helps then. */
  private boolean live() {
    return running.get() == null || WallClock.nanos() - lookedNanos < STUCK_NANOS;
  }

  private boolean ready(@Nullable BrokerProbe brokers) {
    LoneStage started = running.get();
    return started != null && (brokers == null || brokers.answered()) && started.ready();
  }

  private static void require(String key, String value) {
    if (value.isBlank()) {
      throw new Refused(
          "a stage that runs alone needs " + key + " in the file that --config names");
    }
  }

  /** The file belongs to the whole process: every client that it makes reads it. */
  private static void name(String property, String file) {
    if (!file.isBlank()) {
      System.setProperty(property, file);
    }
  }

  private boolean stopAsked(long waitMs) {
    try {
      return stop.await(waitMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** In the shutdown hook: asks the main thread to stop and waits until it has. */
  private void awaitStopped() {
    stop.countDown();
    try {
      if (!stopped.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Restarts of the stage's inside, told to people and to the log. */
  private final class News implements StageListener {
    private static final Logger LOG = LoggerFactory.getLogger(LoneRun.class);

    @Override
    public void restarting(String part, String reason, Duration pause) {
      LOG.warn("{} starts again: {}", part, reason);
      terminal.say(part + " starts again: " + reason);
    }

    @Override
    public void running(String part) {
      LOG.info("{} runs again", part);
      terminal.say(part + " runs again");
    }
  }
}
