package dev.tidegate.app.alone;

import dev.tidegate.app.stage.JobWatch;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.RunningJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;

/**
 * A Flink job on a mini cluster in this process, with its checkpoints on this machine's disk: for
 * one node without Flink's operator. Its metrics stand in Flink's groups.
 */
final class JobStage implements LoneStage {
  private final EmbeddedFlink flink;
  private final RunningJob job;
  private final JobWatch watch;

  private JobStage(EmbeddedFlink flink, RunningJob job) {
    this.flink = flink;
    this.job = job;
    this.watch = new JobWatch(job.name());
  }

  /** Submits the job; the cluster is stopped if it is not taken, and with the stage. */
  static JobStage on(EmbeddedFlink flink, Function<EmbeddedFlink, RunningJob> submission) {
    try {
      return new JobStage(flink, submission.apply(flink));
    } catch (RuntimeException e) {
      flink.close();
      throw e;
    }
  }

  @Override
  public boolean ready() {
    return job.status() == RunningJob.State.RUNNING;
  }

  @Override
  public void keepRunning(StageListener listener) {
    watch.look(job.status(), job.failure().orElse(""), listener);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // nothing of its own
  }

  @Override
  public void close() {
    flink.close();
  }
}
