package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.metric.Metric;

/** The launcher's metrics. */
public enum LaunchMetric implements Metric {
  /** States that runs came into. */
  RUNS(
      Declaration.counter(
          "retrain.runs",
          "states",
          "States written to [retrain-runs]; a run passes through several.",
          Tag.of("state", RunState.class))),
  /** Runs that are not over. */
  OPEN(
      Declaration.gauge(
          "retrain.runs.open", "runs", "Training runs that were created and are not over.")),
  /** Attempts that came to nothing. */
  FAILURES(
      Declaration.counter(
          "retrain.launch.failures",
          "attempts",
          "Times that the launcher could not do its next step and tries it again.")),
  /** Records that are no request. */
  UNREADABLE(
      Declaration.counter(
          "retrain.launch.undecodable",
          "records",
          "Records of [retrain-requests] that cannot be read."));

  private final Declaration declared;

  LaunchMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
