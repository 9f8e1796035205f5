package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a job on the mini cluster. Thread safe. */
public final class RunningJob {
  /** Where a run stands. */
  public enum State {
    /** Accepted; not all of its tasks run yet. */
    STARTING,
    /** All tasks run. */
    RUNNING,
    /** A task failed; the job goes back to its last checkpoint. */
    RESTARTING,
    /** Its input ended. */
    FINISHED,
    /** It was told to stop. */
    CANCELLED,
    /** It was given up after its restarts. */
    FAILED
  }

  /**
   * A run's checkpoints so far.
   *
   * @param completed checkpoints that are complete
   * @param restored how often the run went back to one
   */
  public record Checkpoints(long completed, long restored) {}

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /** For what cannot be gone on without; a stop that must not take long has its own deadline. */
  private static final Duration PATIENT_LIMIT = Duration.ofMinutes(1);

  private static final Duration LAST_CHECKPOINT_LIMIT = Duration.ofSeconds(3);

  private final MiniCluster cluster;
  private final JobID id;
  private final String name;
  private final boolean checkpointed;

  RunningJob(MiniCluster cluster, JobID id, String name, boolean checkpointed) {
    this.cluster = cluster;
    this.id = id;
    this.name = name;
    this.checkpointed = checkpointed;
  }

  JobID id() {
    return id;
  }

  /** The name its checkpoints go by. */
  public String name() {
    return name;
  }

  /** Where it stands. */
  public State status() {
    return state(Deadline.in(ANSWER_LIMIT));
  }

  private State state(Deadline deadline) {
    JobStatus status = answer(cluster.getJobStatus(id), deadline);
    return switch (status) {
      case INITIALIZING, CREATED -> State.STARTING;
      case RUNNING -> allTasksRun(deadline) ? State.RUNNING : State.STARTING;
      case FAILING, RESTARTING, SUSPENDED, RECONCILING -> State.RESTARTING;
      case FINISHED -> State.FINISHED;
      case CANCELLING, CANCELED -> State.CANCELLED;
      case FAILED -> State.FAILED;
    };
  }

  /** The last failure, also one that a restart has mended; empty if there was none. */
  public Optional<String> failure() {
    @SuppressWarnings("NullAway") // Flink leaves the failure out while there is none.
    ErrorInfo failure = graph(Deadline.in(ANSWER_LIMIT)).getFailureInfo();
    return Optional.ofNullable(failure).map(ErrorInfo::getExceptionAsString);
  }

  /**
   * Waits until all tasks run.
   *
   * @throws JobFailed if they do not within the limit, or the job fails
   */
  public void awaitRunning(Duration limit) {
    boolean settled =
        Poll.until(
            limit,
            () -> {
              State state = status();
              return state == State.RUNNING || isOver(state);
            });
    State state = status();
    if (!settled || state == State.FAILED || state == State.CANCELLED) {
      throw new JobFailed(
          "job " + name + " is " + state + " instead of running",
          new IllegalStateException(failure().orElse("no failure known")));
    }
  }

  /**
   * Takes a checkpoint now, for whoever cannot go on without it.
   *
   * @return its address
   * @throws JobFailed if it is not complete within a minute
   */
  public String checkpoint() {
    return answer(cluster.triggerCheckpoint(id), Deadline.in(PATIENT_LIMIT));
  }

  /** How many checkpoints it has taken and gone back to. */
  public Checkpoints checkpoints() {
    CheckpointStatsSnapshot taken = graph(Deadline.in(ANSWER_LIMIT)).getCheckpointStatsSnapshot();
    if (taken == null) {
      return new Checkpoints(0, 0);
    }
    return new Checkpoints(
        taken.getCounts().getNumberOfCompletedCheckpoints(),
        taken.getCounts().getNumberOfRestoredCheckpoints());
  }

  /**
   * Stops in order, within a minute: takes a last checkpoint (at most 3 s; without one the next run
   * repeats a little more), then cancels and waits. Checkpoints stay for the next run of that name.
   *
   * @throws JobFailed if it has not stopped within the limit
   */
  public void cancel() {
    cancel(Deadline.in(PATIENT_LIMIT));
  }

  /** Stops as {@link #cancel()} does, by a deadline; half of the time is for the checkpoint. */
  void cancel(Deadline deadline) {
    if (isOver(state(deadline))) {
      return;
    }
    lastCheckpoint(deadline);
    answer(cluster.cancelJob(id), deadline);
    answer(cluster.requestJobResult(id), deadline);
  }

  private void lastCheckpoint(Deadline deadline) {
    if (checkpointed && state(deadline) == State.RUNNING) {
      long limit =
          Math.min(LAST_CHECKPOINT_LIMIT.toMillis(), deadline.share(0.5).left().toMillis());
      try {
        cluster.triggerCheckpoint(id).get(limit, TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("job {} stops without a last checkpoint", name, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Stops at once, as a crash would: what came after the last checkpoint is repeated next time. */
  public void kill() {
    if (isOver(status())) {
      return;
    }
    Deadline deadline = Deadline.in(PATIENT_LIMIT);
    answer(cluster.cancelJob(id), deadline);
    answer(cluster.requestJobResult(id), deadline);
  }

  private static boolean isOver(State state) {
    return state == State.FINISHED || state == State.CANCELLED || state == State.FAILED;
  }

  private boolean allTasksRun(Deadline deadline) {
    for (var vertex : graph(deadline).getAllExecutionVertices()) {
      ExecutionState state = vertex.getExecutionState();
      if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
        return false;
      }
    }
    return true;
  }

  private AccessExecutionGraph graph(Deadline deadline) {
    return answer(cluster.getExecutionGraph(id), deadline);
  }

  private <T> T answer(CompletableFuture<T> asked, Deadline deadline) {
    try {
      return asked.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new JobFailed("job " + name + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobFailed("interrupted while asking job " + name, e);
    }
  }
}
