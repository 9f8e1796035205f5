package dev.tidegate.retrain.launch;

import dev.tidegate.retrain.launch.JobReport.Phase;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Training jobs as child processes of this one, one at a time. A job is a folder; its process ends
 * with this one, and is started again by the next one that asks for the job's report: the same run,
 * another attempt. Not thread safe.
 */
public final class ChildJobs implements TrainingJobs {
  private static final int SIGNALLED = 128;
  private static final long KILL_SECONDS = 5;

  // configuration
  private final Path home;
  private final TrainerCommand command;
  private final ChildLimits limits;

  // runtime
  private @Nullable GuardedChild child;
  private String childName = "";
  private long begunNanos;

  /**
   * Jobs below a folder.
   *
   * @param home a folder of its own; made if missing
   */
  public ChildJobs(Path home, TrainerCommand command, ChildLimits limits) {
    this.home = home;
    this.command = command;
    this.limits = limits;
  }

  @Override
  public void create(JobOrder order) {
    JobFolder folder = folder(order.jobName());
    String fingerprint = folder.fingerprint();
    if (fingerprint == null) {
      folder.create(order);
    } else if (!fingerprint.equals(order.fingerprint())) {
      throw new JobRefused(
          folder.path() + " holds a job of this name that was asked for something else");
    }
  }

  @Override
  public JobReport report(String jobName) {
    JobFolder folder = folder(jobName);
    if (!folder.exists()) {
      return JobReport.of(Phase.GONE, "the job's folder " + folder.path() + " is gone");
    }
    GuardedChild own = child;
    if (own != null && childName.equals(jobName) && own.alive()) {
      return running(own, folder);
    }
    Integer code = folder.exitCode();
    if (code != null && !cutShort(folder, code)) {
      return ended(folder, code);
    }
    if (folder.late()) {
      return JobReport.of(Phase.FAILED, "stopped after its deadline of " + limits.deadline());
    }
    if (folder.attempts() > limits.retries()) {
      return JobReport.of(
          Phase.FAILED, "given up after " + folder.attempts() + " attempts that were cut short");
    }
    if (own != null && own.alive()) {
      return JobReport.of(Phase.WAITING, "waits for " + childName);
    }
    return begin(folder, jobName);
  }

  /** An attempt that was stopped or killed says nothing about the training. */
  private static boolean cutShort(JobFolder folder, int code) {
    return folder.cut() || code >= SIGNALLED;
  }

  private static JobReport ended(JobFolder folder, int code) {
    String line = folder.lastLine();
    return JobReport.ofExit(code, line.isEmpty() && code != 0 ? folder.lastComplaint() : line);
  }

  private JobReport running(GuardedChild own, JobFolder folder) {
    if (WallClock.nanos() - begunNanos > limits.deadline().toNanos()) {
      folder.markLate();
      own.close();
      return JobReport.of(Phase.FAILED, "stopped after its deadline of " + limits.deadline());
    }
    String line = folder.lastLine();
    return JobReport.of(Phase.RUNNING, line.isEmpty() ? "trains" : line);
  }

  private JobReport begin(JobFolder folder, String jobName) {
    stopStray(folder);
    folder.beginAttempt();
    try {
      GuardedChild started =
          GuardedChild.start(command.line(folder.request().toString()), folder.path());
      folder.began(started.pid());
      child = started;
      childName = jobName;
      begunNanos = WallClock.nanos();
    } catch (IOException e) {
      throw new JobsUnavailable("the trainer's process did not start", e);
    }
    return JobReport.of(Phase.RUNNING, "trains, attempt " + folder.attempts());
  }

  /** A process that its own guard has not stopped yet after the last launcher's end. */
  private static void stopStray(JobFolder folder) {
    ProcessHandle stray = folder.process();
    if (stray == null) {
      return;
    }
    stray.destroyForcibly();
    try {
      stray.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new JobsUnavailable("process " + stray.pid() + " of an earlier attempt still runs", e);
    }
  }

  /** The folder stays: it is small, and its logs tell what happened. */
  @Override
  public void settle(String jobName) {}

  @Override
  public List<String> unsettled() {
    return List.of();
  }

  private JobFolder folder(String jobName) {
    return new JobFolder(home.resolve(jobName));
  }

  /** Stops the process that runs; the next launcher starts its job again. */
  @Override
  public void close() {
    GuardedChild own = child;
    if (own != null) {
      own.close();
      child = null;
    }
  }
}
