package dev.tidegate.app.stage;

import dev.tidegate.lab.platform.RunningJob;
import java.time.Duration;

/**
 * Tells failures and restarts of one job by looking at it now and then. Restarts between two looks
 * are told as one; a restart that one look misses shows by its failure. Not thread safe.
 */
public final class JobWatch {
  private final String job;
  private String known = "";
  private boolean down;

  /** Looks at the job of a name. */
  public JobWatch(String job) {
    this.job = job;
  }

  /**
   * One look.
   *
   * @param state where the job stands
   * @param failure stack trace of its last failure, also a mended one; empty if there was none
   * @throws StageFailed if the job was given up
   */
  public void look(RunningJob.State state, String failure, StageListener listener) {
    if (state == RunningJob.State.FAILED) {
      throw new StageFailed(job, failure);
    }
    boolean fresh = !failure.equals(known);
    known = failure;
    if (fresh || (state == RunningJob.State.RESTARTING && !down)) {
      down = true;
      listener.restarting(job, FailureReason.ofTrace(failure), Duration.ZERO);
    }
    if (down && state == RunningJob.State.RUNNING) {
      down = false;
      listener.running(job);
    }
  }
}
