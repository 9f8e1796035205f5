package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests to runs, each once, whatever dies in between.
 *
 * <p>A request makes a run by three steps in this order: the job is created, or found to be there
 * already; the run is written to the ledger; the request's offset is committed by the caller. A
 * kill after any of them has the request read again. Then the ledger knows the run, or the job is
 * found by its name, which follows from the request. A job is not tidied away before the ledger
 * holds its end. Not thread safe.
 */
public final class Launcher {
  /** Cause of requests that a person made: no cooldown holds them back. */
  public static final String PERSON = "person";

  private final TrainingJobs jobs;
  private final RunLedger ledger;
  private final Duration cooldown;
  private final InstantSource clock;
  private final LaunchMeter meter;

  /**
   * A launcher.
   *
   * @param cooldown least time between two requests of a model that both run, unless a person asks
   * @param clock stamps states
   */
  public Launcher(
      TrainingJobs jobs,
      RunLedger ledger,
      Duration cooldown,
      InstantSource clock,
      LaunchMeter meter) {
    this.jobs = jobs;
    this.ledger = ledger;
    this.cooldown = cooldown;
    this.clock = clock;
    this.meter = meter;
  }

  /**
   * Catches up with the ledger; to be called before anything else and whenever another launcher may
   * have been at work.
   *
   * @throws JobsUnavailable if where jobs run does not answer; call again
   */
  public void resume() {
    ledger.refresh();
    for (String jobName : jobs.unsettled()) {
      if (ledger.all().stream()
          .anyMatch(run -> run.getJobName().equals(jobName) && over(run.getState()))) {
        jobs.settle(jobName);
      }
    }
    meter.open(open().size());
  }

  /**
   * Makes a request's run unless it has one; returns once the run stands in the ledger.
   *
   * @throws JobsUnavailable if where jobs run does not answer; the request must be taken again
   */
  public void take(RetrainRequest request) {
    JobOrder order = JobOrder.of(request);
    if (ledger.of(order.runId()) != null) {
      return;
    }
    String refusal = refusal(request);
    if (refusal != null) {
      write(run(order, "", RunState.REFUSED, refusal));
      return;
    }
    try {
      jobs.create(order);
    } catch (JobRefused e) {
      write(run(order, "", RunState.FAILED, String.valueOf(e.getMessage())));
      return;
    }
    write(run(order, order.jobName(), RunState.CREATED, "job " + order.jobName() + " is created"));
  }

  /** Why a request is to have no job; null if it is to have one. */
  private @Nullable String refusal(RetrainRequest request) {
    if (request.getCause().equals(PERSON)) {
      return null;
    }
    for (RetrainRun run : ledger.all()) {
      boolean launched = !run.getJobName().isEmpty() && run.getModel().equals(request.getModel());
      if (launched && !over(run.getState())) {
        return "run " + run.getRunId() + " of " + request.getModel() + " is not over yet";
      }
      if (launched && cools(run, request)) {
        return "within the cooldown of "
            + cooldown
            + " after the request of "
            + Instant.ofEpochMilli(run.getRequestedAtMs())
            + ", run "
            + run.getRunId();
      }
    }
    return null;
  }

  private boolean cools(RetrainRun run, RetrainRequest request) {
    return Math.abs(request.getRequestedAtMs() - run.getRequestedAtMs()) < cooldown.toMillis();
  }

  /**
   * Looks at every job whose run is not over and writes what has changed.
   *
   * @throws JobsUnavailable if where jobs run does not answer; call again later
   */
  public void watch() {
    for (RetrainRun run : open()) {
      JobReport report = jobs.report(run.getJobName());
      RunState state = stateOf(report, run.getState());
      if (state != run.getState() || !report.detail().equals(run.getDetail())) {
        write(
            RetrainRun.newBuilder(run)
                .setState(state)
                .setAtMs(clock.millis())
                .setDetail(report.detail())
                .setRelease(report.release())
                .build());
      }
      if (over(state)) {
        jobs.settle(run.getJobName());
      }
    }
    meter.open(open().size());
  }

  private List<RetrainRun> open() {
    return ledger.all().stream().filter(run -> !over(run.getState())).toList();
  }

  /** A run that ran does not become a created one again, though its job waits for another try. */
  private static RunState stateOf(JobReport report, RunState before) {
    return switch (report.phase()) {
      case WAITING -> before;
      case RUNNING -> RunState.RUNNING;
      case SUCCEEDED -> RunState.SUCCEEDED;
      case REFUSED -> RunState.REFUSED;
      case FAILED, GONE -> RunState.FAILED;
    };
  }

  /** True of a state that nothing follows. */
  public static boolean over(RunState state) {
    return state != RunState.CREATED && state != RunState.RUNNING;
  }

  private void write(RetrainRun run) {
    ledger.write(run);
    meter.wrote(run.getState());
  }

  private RetrainRun run(JobOrder order, String jobName, RunState state, String detail) {
    RetrainRequest request = order.request();
    return RetrainRun.newBuilder()
        .setRunId(order.runId())
        .setRequestId(request.getRequestId())
        .setState(state)
        .setAtMs(clock.millis())
        .setDetail(detail)
        .setFingerprint(order.fingerprint())
        .setJobName(jobName)
        .setModel(request.getModel())
        .setCause(request.getCause())
        .setRequestedAtMs(request.getRequestedAtMs())
        .build();
  }
}
