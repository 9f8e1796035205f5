package dev.tidegate.app.stage;

import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.retrain.drift.DriftMonitor;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.LoadedRelease;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages between [transactions] and the topics that people and core banking read. */
public final class Stages implements AutoCloseable {
  private final Map<RunningJob, JobWatch> jobs = new LinkedHashMap<>();
  private final Scorer scorer;
  private final @Nullable DriftMonitor drift;

  private Stages(List<RunningJob> jobs, Scorer scorer, @Nullable DriftMonitor drift) {
    jobs.forEach(job -> this.jobs.put(job, new JobWatch(job.name())));
    this.scorer = scorer;
    this.drift = drift;
  }

  /** All stages; {@code stateDir} is scratch space of the drift monitor. */
  public static Stages all(
      Servers servers, StageSettings settings, LoadedRelease release, Path stateDir) {
    List<RunningJob> jobs =
        List.of(
            Jobs.features(servers.flink(), settings.features()),
            Jobs.graph(servers.flink(), settings.graph()));
    return new Stages(
        jobs,
        scorer(settings, release),
        DriftMonitor.start(
            new DriftMonitor.Where(servers.bootstrapServers(), stateDir),
            servers.registry(),
            release.manifest(),
            settings.drift()));
  }

  /** The stages of the fraud lane alone: features and scoring. */
  public static Stages fraudLane(Servers servers, StageSettings settings, LoadedRelease release) {
    List<RunningJob> jobs = List.of(Jobs.features(servers.flink(), settings.features()));
    return new Stages(jobs, scorer(settings, release), null);
  }

  private static Scorer scorer(StageSettings settings, LoadedRelease release) {
    return new Scorer(settings.scoring(), settings.restart(), release, WallClock.INSTANCE);
  }

  /**
   * Looks after the stages: starts the scorer again if it has ended, tells what else happened.
   *
   * @throws StageFailed if a job was given up
   */
  public void keepRunning(StageListener listener) {
    scorer.keepRunning(listener);
    jobs.forEach((job, watch) -> watch.look(job.status(), job.failure().orElse(""), listener));
  }

  /** The scorer. */
  public Scorer scorer() {
    return scorer;
  }

  /** Stops the stages in order of the way, so that what was read is answered. */
  @Override
  public void close() {
    jobs.keySet().forEach(RunningJob::cancel);
    scorer.close();
    if (drift != null) {
      drift.close();
    }
  }
}
