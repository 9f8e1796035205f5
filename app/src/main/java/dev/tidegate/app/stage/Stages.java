package dev.tidegate.app.stage;

import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.retrain.drift.DriftMonitor;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The stages between [transactions] and the topics that people and core banking read. */
public final class Stages implements AutoCloseable {
  private final RunningJob features;
  private final @Nullable RunningJob graph;
  private final @Nullable RunningJob history;
  private final Scorer scorer;
  private final @Nullable DriftMonitor drift;

  private Stages(
      RunningJob features,
      @Nullable RunningJob graph,
      @Nullable RunningJob history,
      Scorer scorer,
      @Nullable DriftMonitor drift) {
    this.features = features;
    this.graph = graph;
    this.history = history;
    this.scorer = scorer;
    this.drift = drift;
  }

  /**
   * All stages; {@code stateDir} is scratch space of the drift monitor, and the history goes into
   * {@code history} beside it unless the configuration says where.
   */
  public static Stages all(
      Servers servers, StageSettings settings, ChosenRelease chosen, Path stateDir) {
    return new Stages(
        Jobs.features(servers.flink(), settings.features(), chosen.catalogue()),
        Jobs.graph(servers.flink(), settings.graph()),
        history(servers, settings, stateDir.resolveSibling("history")),
        new Scorer(settings.scoring(), chosen.release(), WallClock.INSTANCE),
        DriftMonitor.start(
            new DriftMonitor.Where(servers.bootstrapServers(), stateDir),
            servers.registry(),
            chosen.release().manifest(),
            settings.drift()));
  }

  private static @Nullable RunningJob history(Servers servers, StageSettings settings, Path home) {
    HistorySettings history = settings.history(home);
    return history == null ? null : Jobs.history(servers.flink(), history);
  }

  /** The stages of the fraud lane alone: features and scoring. */
  public static Stages fraudLane(Servers servers, StageSettings settings, ChosenRelease chosen) {
    return new Stages(
        Jobs.features(servers.flink(), settings.features(), chosen.catalogue()),
        null,
        null,
        new Scorer(settings.scoring(), chosen.release(), WallClock.INSTANCE),
        null);
  }

  /**
   * Makes sure that no job has been given up.
   *
   * @throws IllegalStateException with the job's name and its failure, if one has
   */
  public void requireHealthy() {
    requireHealthy(features);
    if (graph != null) {
      requireHealthy(graph);
    }
    if (history != null) {
      requireHealthy(history);
    }
  }

  private static void requireHealthy(RunningJob job) {
    if (job.status() == RunningJob.State.FAILED) {
      throw new IllegalStateException(
          "job " + job.name() + " has failed for good: " + job.failure().orElse("no reason given"));
    }
  }

  /** The features job. */
  public RunningJob features() {
    return features;
  }

  /** The scorer. */
  public Scorer scorer() {
    return scorer;
  }

  /** Stops the stages in order of the way, so that what was read is answered. */
  @Override
  public void close() {
    features.cancel();
    if (graph != null) {
      graph.cancel();
    }
    scorer.close();
    if (drift != null) {
      drift.close();
    }
    if (history != null) {
      history.cancel();
    }
  }
}
