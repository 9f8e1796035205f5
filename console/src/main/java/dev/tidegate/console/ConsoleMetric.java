package dev.tidegate.console;

import dev.tidegate.console.intake.IntakeState.Phase;
import dev.tidegate.schemas.metric.Metric;

/** The console's metrics. */
public enum ConsoleMetric implements Metric {
  /** Alerts stored. */
  ALERTS(
      Declaration.counter(
          "console.alerts", "alerts", "Alerts that this console was the first to store.")),
  /** Records that are no alert. */
  UNREADABLE(
      Declaration.counter(
          "console.unreadable", "records", "Records of [alerts] that are no alert, kept aside.")),
  /** State of the intake. */
  INTAKE(
      Declaration.gauge(
          "console.intake",
          "1 or 0",
          "1 for the phase that the intake of alerts is in, 0 for the others.",
          Tag.of("phase", Phase.class))),
  /** Open pages. */
  STREAMS(Declaration.gauge("console.streams", "streams", "Live streams that pages hold open."));

  private final Declaration declared;

  ConsoleMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
