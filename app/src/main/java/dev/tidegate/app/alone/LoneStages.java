package dev.tidegate.app.alone;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.config.CheckDials;
import dev.tidegate.app.config.ConsoleAddress;
import dev.tidegate.app.config.HistoryDials;
import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.config.ServerSettings;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.live.FlinkSizes;
import dev.tidegate.app.models.ConsoleDesk;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.ModelName;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.retrain.Monitors;
import dev.tidegate.app.retrain.Retraining;
import dev.tidegate.app.retrain.TrainingLauncher;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.app.stage.Jobs;
import dev.tidegate.app.stage.Scorer;
import dev.tidegate.app.stage.ServedCheck;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.app.trials.TrialFollower;
import dev.tidegate.console.Console;
import dev.tidegate.console.ConsoleSettings;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.retrain.launch.RunningLauncher;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.store.ReleasePlaces;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts a stage on servers elsewhere. */
final class LoneStages {
  private final Settings settings;
  private final StageSettings stages;
  private final PrometheusMeterRegistry metrics;
  private final Map<String, String> environment;

  LoneStages(Settings settings, PrometheusMeterRegistry metrics, Map<String, String> environment) {
    ServerSettings servers = settings.servers();
    this.settings = settings;
    this.metrics = metrics;
    this.environment = environment;
    this.stages = new StageSettings(settings, servers.kafka(), servers.registry(), Duration.ZERO);
  }

  LoneStage start(StageName stage) {
    return switch (stage) {
      case FEATURES -> job(flink -> Jobs.features(flink, stages.features(), release().catalogue()));
      case FEATURES_CHECK -> featuresCheck();
      case GRAPH_AML ->
          job(flink -> Jobs.graph(flink, stages.graph(), stages.amlRelease() != null));
      case HISTORY -> history();
      case SCORING ->
          new ScoringStage(
              new Scorer(
                  stages.scoring(), stages.restart(), release().release(), WallClock.INSTANCE));
      case SCORING_AML -> amlScoring();
      case MONITORS -> monitors();
      case LAUNCHER -> launcher();
      case TRIALS -> trials();
      case CONSOLE -> console();
    };
  }

  private LoneStage monitors() {
    ChosenRelease release = release();
    RetrainDials dials = settings.retrain();
    Path streams = state().resolve("streams");
    Monitors monitors =
        Monitors.start(
            addresses(), new Monitors.Watching(settings.drift(), dials), release, streams);
    try {
      return new MonitorsStage(monitors, Retraining.causes(addresses(), dials, release, streams));
    } catch (RuntimeException e) {
      monitors.close();
      throw e;
    }
  }

  private LoneStage launcher() {
    RunningLauncher launcher =
        TrainingLauncher.start(
            addresses(), settings.retrain(), new Retraining.Places(state(), null));
    if (launcher == null) {
      throw new Refused("retrain.launcher is off: there is nothing to launch");
    }
    return new LauncherStage(launcher);
  }

  private LoneStage trials() {
    if (!settings.trials().follow()) {
      throw new Refused("models.follow is false: no release is led through a trial");
    }
    RetrainDials dials = settings.retrain();
    String releases =
        dials.training().launching() == RetrainDials.Launching.KUBERNETES
            ? dials.cluster().releases()
            : Retraining.releases(dials, state());
    return new TrialsStage(
        TrialFollower.start(
            whereabouts(),
            new TrialFollower.Trials(settings.trials().settings(), dials.labelDelay(), releases),
            line -> LoggerFactory.getLogger(TrialFollower.class).info("{}", line)));
  }

  private Addresses addresses() {
    return new Addresses(settings.servers().kafka(), settings.servers().registry());
  }

  private Path state() {
    return Path.of(settings.run().state());
  }

  private ChosenRelease release() {
    String named = settings.run().release();
    @Nullable Path folder = named.isBlank() ? null : placed(named);
    return Releases.load(folder, settings.scoring().device());
  }

  private static Path placed(String address) {
    try {
      return ReleasePlaces.folder(address);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  private LoneStage amlScoring() {
    Path folder = stages.amlRelease();
    if (folder == null) {
      throw new Refused("there is no AML lane: set scoring.aml-release to its release's folder");
    }
    ChosenRelease payments = release();
    LoadedRelease release =
        Releases.loadAml(folder, payments.catalogue(), settings.scoring().device());
    ModelName.apart(payments.release().manifest().model(), release.manifest().model());
    return new ScoringStage(
        new Scorer(stages.amlScoring(), stages.restart(), release, WallClock.INSTANCE));
  }

  private LoneStage job(Function<EmbeddedFlink, RunningJob> submission) {
    return JobStage.on(
        EmbeddedFlink.start(
            state(), FlinkSizes.of(settings, settings.platform().checkpointInterval())),
        submission);
  }

  private LoneStage history() {
    HistorySettings history = stages.history(state().resolve("history"));
    if (history == null) {
      throw new Refused("history.enabled is false: there is no history to keep");
    }
    return JobStage.on(
        EmbeddedFlink.start(state(), FlinkSizes.of(settings, settings.history().roll())),
        flink -> Jobs.history(flink, history));
  }

  /** It reads files alone: where the history is in an object store, its bucket must be mounted. */
  private LoneStage featuresCheck() {
    CheckDials dials = settings.featuresCheck();
    HistoryDials history = settings.history();
    if (dials.interval().isZero()) {
      throw new Refused("features.check.interval is 0s: nothing would be checked");
    }
    Path folder = ServedCheck.folderOf(history.directory());
    if (history.directory().isBlank() || folder == null || !Files.isDirectory(folder)) {
      throw new Refused(
          "to check served features, history.directory must name the folder in which the history's"
              + " files are, or a mount of its bucket; it is '"
              + history.directory()
              + "'");
    }
    return new FeaturesCheckStage(
        ServedCheck.start(folder, release().catalogue(), dials, history.roll()));
  }

  private LoneStage console() {
    ServerSettings servers = settings.servers();
    if (servers.database().isBlank()) {
      throw new Refused("the console needs a database: set servers.database to its JDBC address");
    }
    ConsoleAddress address = settings.console();
    return new ConsoleStage(
        Console.startWith(
            new ConsoleSettings(
                address.host(),
                address.port(),
                servers.database(),
                servers.databaseUser(),
                ServerSettings.password(environment),
                servers.kafka(),
                new ConfluentRegistry(servers.registry()),
                WallClock.INSTANCE),
            new Console.Around(null, desk(), metrics)));
  }

  /** Rules of releases, from the release that scorers are started with. */
  private ConsoleDesk desk() {
    return new ConsoleDesk(whereabouts(), List::of, WallClock.INSTANCE);
  }

  private Whereabouts whereabouts() {
    String named = settings.run().release();
    String first =
        named.isBlank() ? Home.path("config", "releases", Releases.SHIPPED).toString() : named;
    return new Whereabouts(
        settings.servers().kafka(), settings.servers().registry(), first, settings.twoPeople());
  }
}
