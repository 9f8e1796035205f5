package dev.tidegate.app.stage;

import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.retrain.drift.DriftMonitor;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.LoadedRelease;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The stages between [transactions] and the topics that people and core banking read. */
public final class Stages implements AutoCloseable {
  private final RunningJob features;
  private final @Nullable RunningJob graph;
  private final Scorer scorer;
  private final @Nullable DriftMonitor drift;

  private Stages(
      RunningJob features,
      @Nullable RunningJob graph,
      Scorer scorer,
      @Nullable DriftMonitor drift) {
    this.features = features;
    this.graph = graph;
    this.scorer = scorer;
    this.drift = drift;
  }

  /** All stages; {@code stateDir} is scratch space of the drift monitor. */
  public static Stages all(
      Servers servers, StageSettings settings, LoadedRelease release, Path stateDir) {
    return new Stages(
        Jobs.features(servers.flink(), settings.features()),
        Jobs.graph(servers.flink(), settings.graph()),
        new Scorer(settings.scoring(), release, WallClock.INSTANCE),
        DriftMonitor.start(
            new DriftMonitor.Where(servers.bootstrapServers(), stateDir),
            servers.registry(),
            release.manifest(),
            settings.drift()));
  }

  /** The stages of the fraud lane alone: features and scoring. */
  public static Stages fraudLane(Servers servers, StageSettings settings, LoadedRelease release) {
    return new Stages(
        Jobs.features(servers.flink(), settings.features()),
        null,
        new Scorer(settings.scoring(), release, WallClock.INSTANCE),
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

  /** Shows the metrics of the scorer and the drift monitor in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    scorer.bindTo(registry);
    if (drift != null) {
      drift.bindTo(registry);
    }
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
  }
}
