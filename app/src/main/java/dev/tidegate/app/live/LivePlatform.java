package dev.tidegate.app.live;

import dev.tidegate.app.config.CheckDials;
import dev.tidegate.app.config.ConsoleAddress;
import dev.tidegate.app.config.PlatformSettings;
import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.models.ConsoleDesk;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.retrain.Monitors;
import dev.tidegate.app.retrain.Retraining;
import dev.tidegate.app.stage.ServedCheck;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.stage.StageFailed;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.app.stage.Stages;
import dev.tidegate.app.topics.TopicsReader;
import dev.tidegate.app.trials.TrialFollower;
import dev.tidegate.console.Console;
import dev.tidegate.console.ConsoleSettings;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.ScoringLane;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The parts of the whole platform, running in one process. */
public final class LivePlatform implements AutoCloseable {
  private final Started parts;
  private final EmbeddedPlatform platform;
  private final Servers servers;
  private final Stages stages;
  private final FeedRun feed;
  private final Pulse pulse;
  private final Console console;
  private final @Nullable TrialFollower trials;

  private LivePlatform(LiveRequest request, ChosenRelease release, Started parts, Ears ears) {
    this.parts = parts;
    parts.requireWanted();
    platform = parts.add(EmbeddedPlatform.start(options(request), ears.progress));
    servers = new Servers(platform.bootstrapServers(), platform.registryUrl(), platform.flink());
    if (ears.events.wanted()) {
      parts.add(reader(ears.events));
    }
    StageSettings settings =
        new StageSettings(
            request.settings(), servers, request.feed().profile().format().disorder());
    stages =
        parts.add(
            Stages.all(servers, settings, release, platform.directory().path().resolve("history")));
    feed =
        parts.add(
            FeedRun.start(
                request,
                servers,
                platform.directory(),
                new FeedRun.Behind(stages.scorer()::metrics, laneLag())));
    pulse = new Pulse(request.feed().text(), feed, stages.scorer(), WallClock.INSTANCE);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    stages.bindTo(metrics);
    feed.bindTo(metrics);
    retrain(request.settings(), settings, release, metrics);
    trials = follow(request.settings(), release, ears.trials);
    ServedCheck check = served(request.settings(), settings, release);
    if (check != null) {
      parts.add(check).bindTo(metrics);
    }
    ConsoleDesk desk =
        new ConsoleDesk(
            whereabouts(release, request.settings().twoPeople()),
            trials == null ? List::of : trials::progress,
            WallClock.INSTANCE);
    console = parts.add(console(request, desk, metrics));
  }

  /**
   * Who hears what.
   *
   * @param progress lines for people while parts start
   * @param trials lines for people about releases on trial
   * @param events alerts and rejections as they come, if wanted
   */
  record Ears(Consumer<String> progress, Consumer<String> trials, LiveEvents events) {}

  /**
   * Starts everything, for who reads the topics; what was started is stopped again if a later part
   * cannot start.
   *
   * @param progress lines for people while parts start
   * @param trials lines for people about releases on trial
   * @param signal who asks for a stop; heard between two parts
   * @throws StartStopped if a stop was asked for before all had started
   */
  public static LivePlatform start(
      LiveRequest request,
      ChosenRelease release,
      Consumer<String> progress,
      Consumer<String> trials,
      StopSignal signal) {
    Ears ears = new Ears(progress, trials, new LiveEvents(null, WallClock.INSTANCE));
    return start(request, release, ears, signal);
  }

  /** Starts everything, as the other does, and tells of events. */
  static LivePlatform start(
      LiveRequest request, ChosenRelease release, Ears ears, StopSignal signal) {
    Started parts = new Started(signal::asked);
    try {
      LivePlatform platform = new LivePlatform(request, release, parts, ears);
      signal.started();
      return platform;
    } catch (RuntimeException e) {
      // A Ctrl-C may reach what a part starts, too: one that failed after it has done so by it.
      boolean asked = signal.asked();
      parts.closeAll();
      throw asked && !(e instanceof StartStopped) ? new StartStopped(e) : e;
    }
  }

  private static PlatformOptions options(LiveRequest request) {
    return PlatformOptions.at(request.data())
        .withDisk(disk(request.settings()))
        .withFlink(
            FlinkSizes.of(request.settings(), request.settings().platform().checkpointInterval()));
  }

  private static PlatformOptions.Disk disk(Settings settings) {
    PlatformSettings platform = settings.platform();
    return new PlatformOptions.Disk(
        platform.freeDiskBytes(),
        platform.stopDiskBytes(),
        platform.passingLogBytes(),
        !settings.scoring().amlRelease().isEmpty());
  }

  /** Monitors always; what they lead to unless it is switched off. */
  private void retrain(
      Settings all, StageSettings stages, ChosenRelease release, PrometheusMeterRegistry metrics) {
    RetrainDials dials = all.retrain();
    Path data = platform.directory().path();
    parts
        .add(
            Monitors.start(
                servers.addresses(),
                new Monitors.Watching(all.drift(), dials),
                release,
                data.resolve("streams")))
        .bindTo(metrics);
    if (dials.enabled()) {
      HistorySettings history = stages.history(data.resolve("history"));
      Path folder = history == null ? null : ServedCheck.folderOf(history.directory());
      parts
          .add(
              Retraining.start(
                  servers.addresses(), dials, release, new Retraining.Places(data, folder)))
          .bindTo(metrics);
    }
  }

  /** Leads what training makes through its trials, unless that is switched off. */
  private @Nullable TrialFollower follow(
      Settings all, ChosenRelease release, Consumer<String> trials) {
    if (!all.retrain().enabled() || !all.trials().follow()) {
      return null;
    }
    return parts.add(
        TrialFollower.start(
            whereabouts(release, all.twoPeople()),
            new TrialFollower.Trials(
                all.trials().settings(),
                all.retrain().labelDelay(),
                Retraining.releases(all.retrain(), platform.directory().path())),
            line -> {
              LoggerFactory.getLogger(TrialFollower.class).info("{}", line);
              trials.accept(line);
            }));
  }

  /** The check of what is served; null if there is to be none or no local history. */
  private @Nullable ServedCheck served(Settings all, StageSettings stages, ChosenRelease release) {
    CheckDials dials = all.featuresCheck();
    HistorySettings history = stages.history(platform.directory().path().resolve("history"));
    if (dials.interval().isZero() || history == null) {
      return null;
    }
    Path folder = ServedCheck.folderOf(history.directory());
    if (folder == null) {
      LoggerFactory.getLogger(LivePlatform.class)
          .info("served features are not checked: the history is in no local folder");
      return null;
    }
    return ServedCheck.start(folder, release.catalogue(), dials, all.history().roll());
  }

  /** How far the AML lane's scorer is behind; nothing where there is no such lane. */
  private LongSupplier laneLag() {
    return stages.amlScorer() == null
        ? () -> 0
        : parts.add(GroupLag.of(servers.bootstrapServers(), ScoringLane.AML));
  }

  /** Started before the stages, so that nothing they write is missed, and stopped after them. */
  private TopicsReader reader(LiveEvents events) {
    return TopicsReader.fromEnd(
        servers.bootstrapServers(),
        new TopicsReader.Takers(servers.registry())
            .on(Topics.ALERTS, Alert.class, events::alert)
            .on(Topics.TRANSACTIONS_REJECTED, Rejected.class, events::rejected));
  }

  private Console console(LiveRequest request, ConsoleDesk desk, PrometheusMeterRegistry metrics) {
    ConsoleAddress address = request.settings().console();
    return Console.startWith(
        new ConsoleSettings(
            address.host(),
            address.port(),
            platform.database().jdbcUrl(),
            "postgres",
            "",
            servers.bootstrapServers(),
            servers.registry(),
            WallClock.INSTANCE),
        new Console.Around(pulse::status, desk, metrics));
  }

  /**
   * Looks after the parts; to be called again and again while the platform runs.
   *
   * @throws dev.tidegate.lab.platform.PlatformFailed if what the stages run on is not well
   * @throws StageFailed if the feed, a job or the trials of releases failed for good
   */
  public void look(StageListener news) {
    platform.requireHealthy();
    stages.keepRunning(news);
    Throwable failure = feed.failure();
    if (failure != null) {
      throw new StageFailed("feed", failure);
    }
    Throwable lost = trials == null ? null : trials.failure();
    if (lost != null) {
      throw new StageFailed("trials", lost);
    }
  }

  /** Lets no payments in while true; those that are in go their way. */
  public void holdFeed(boolean hold) {
    feed.hold(hold);
  }

  /** Address of the page. */
  public String url() {
    return console.url();
  }

  /** Where the parts listen, by their names. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("console", console.url());
    addresses.put("kafka", servers.bootstrapServers());
    addresses.put("registry", servers.registryUrl());
    return addresses;
  }

  /** For commands that act on it while it runs. */
  public Whereabouts whereabouts(ChosenRelease release, boolean twoPeople) {
    return new Whereabouts(
        servers.bootstrapServers(), servers.registryUrl(), release.folder().toString(), twoPeople);
  }

  /** How it is doing. */
  Pulse pulse() {
    return pulse;
  }

  /** Stops all parts, the newest first; may be called twice. */
  @Override
  public void close() {
    parts.closeAll();
  }
}
