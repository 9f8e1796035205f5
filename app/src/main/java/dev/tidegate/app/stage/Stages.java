package dev.tidegate.app.stage;

import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.ModelName;
import dev.tidegate.app.release.Releases;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.LoadedRelease;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages between [transactions] and the topics that people and core banking read. */
public final class Stages implements AutoCloseable {
  private final Map<RunningJob, JobWatch> jobs = new LinkedHashMap<>();
  private final Scorer scorer;
  private final @Nullable Scorer amlScorer;

  private Stages(List<RunningJob> jobs, Scorer scorer, @Nullable Scorer amlScorer) {
    jobs.forEach(job -> this.jobs.put(job, new JobWatch(job.name())));
    this.scorer = scorer;
    this.amlScorer = amlScorer;
  }

  /**
   * All stages, with the AML lane if the settings name its release; the history goes into that
   * folder unless the configuration says where.
   */
  public static Stages all(
      Servers servers, StageSettings settings, ChosenRelease chosen, Path historyDir) {
    LoadedRelease aml = amlRelease(settings, chosen.catalogue());
    if (aml != null) {
      ModelName.apart(chosen.release().manifest().model(), aml.manifest().model());
    }
    List<RunningJob> jobs = new ArrayList<>();
    jobs.add(Jobs.features(servers.flink(), settings.features(), chosen.catalogue()));
    jobs.add(Jobs.graph(servers.flink(), settings.graph(), aml != null));
    HistorySettings history = settings.history(historyDir);
    if (history != null) {
      jobs.add(Jobs.history(servers.flink(), history));
    }
    return new Stages(
        jobs,
        scorer(settings, chosen),
        aml == null
            ? null
            : new Scorer(settings.amlScoring(), settings.restart(), aml, WallClock.INSTANCE));
  }

  /** The AML lane's release, proven for the features that are computed; null for no such lane. */
  private static @Nullable LoadedRelease amlRelease(StageSettings settings, Catalogue catalogue) {
    Path folder = settings.amlRelease();
    return folder == null
        ? null
        : Releases.loadAml(folder, catalogue, settings.amlScoring().device());
  }

  /** The stages of the fraud lane alone: features and scoring. */
  public static Stages fraudLane(Servers servers, StageSettings settings, ChosenRelease chosen) {
    List<RunningJob> jobs =
        List.of(Jobs.features(servers.flink(), settings.features(), chosen.catalogue()));
    return new Stages(jobs, scorer(settings, chosen), null);
  }

  private static Scorer scorer(StageSettings settings, ChosenRelease chosen) {
    return new Scorer(settings.scoring(), settings.restart(), chosen.release(), WallClock.INSTANCE);
  }

  /**
   * Looks after the stages: starts the scorer again if it has ended, tells what else happened.
   *
   * @throws StageFailed if a job was given up
   */
  public void keepRunning(StageListener listener) {
    scorer.keepRunning(listener);
    if (amlScorer != null) {
      amlScorer.keepRunning(listener);
    }
    jobs.forEach((job, watch) -> watch.look(job.status(), job.failure().orElse(""), listener));
  }

  /** The scorer. */
  public Scorer scorer() {
    return scorer;
  }

  /** The AML lane's scorer; null if there is no such lane. */
  public @Nullable Scorer amlScorer() {
    return amlScorer;
  }

  /** Shows the metrics of the scorers in a registry from now on, each by its lane. */
  public void bindTo(MeterRegistry registry) {
    scorer.bindTo(registry);
    if (amlScorer != null) {
      amlScorer.bindTo(registry);
    }
  }

  /** Stops the stages in order of the way; the history comes last, and sees what they answered. */
  @Override
  public void close() {
    jobs.keySet().stream().filter(job -> !isHistory(job)).forEach(RunningJob::cancel);
    scorer.close();
    if (amlScorer != null) {
      amlScorer.close();
    }
    jobs.keySet().stream().filter(Stages::isHistory).forEach(RunningJob::cancel);
  }

  private static boolean isHistory(RunningJob job) {
    return job.name().equals(Jobs.HISTORY);
  }
}
