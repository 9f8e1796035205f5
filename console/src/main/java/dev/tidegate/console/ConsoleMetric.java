package dev.tidegate.console;

import dev.tidegate.console.intake.IntakeState.Phase;
import dev.tidegate.schemas.metric.Metric;

/** The console's metrics. */
public enum ConsoleMetric implements Metric {
  /** Alerts stored. */
  ALERTS(
      Declaration.counter(
          "console.alerts", "alerts", "Alerts that this console was the first to store.")),
  /** Reasons stored. */
  REASONS(
      Declaration.counter(
          "console.reasons",
          "reasons",
          "Reasons of alerts that this console stored, newer than those it had.")),
  /** Versions of pattern alerts stored. */
  PATTERNS(
      Declaration.counter(
          "console.patterns",
          "versions",
          "Versions of pattern alerts that this console stored, newer than those it had.")),
  /** Changes of clusters stored. */
  CLUSTERS(
      Declaration.counter(
          "console.clusters",
          "changes",
          "Changes of clusters of accounts and customers that this console was the first to"
              + " store.")),
  /** Control events read. */
  CONTROL(
      Declaration.counter(
          "console.control",
          "events",
          "Events of [models], [audit], [retrain-runs] and [drift] that this console read, all of"
              + " them anew at each start.")),
  /** Records that are no event of their topic. */
  UNREADABLE(
      Declaration.counter(
          "console.unreadable",
          "records",
          "Records of the topics it reads that are no event of their topic; those about alerts are"
              + " kept aside.")),
  /** State of the intake of alerts. */
  INTAKE(
      Declaration.gauge(
          "console.intake",
          "1 or 0",
          "1 for the phase that the intake of alerts is in, 0 for the others.",
          Tag.of("phase", Phase.class))),
  /** State of the intake of reasons. */
  REASONS_INTAKE(
      Declaration.gauge(
          "console.reasons.intake",
          "1 or 0",
          "1 for the phase that the intake of reasons is in, 0 for the others.",
          Tag.of("phase", Phase.class))),
  /** State of the intake of pattern alerts. */
  PATTERNS_INTAKE(
      Declaration.gauge(
          "console.patterns.intake",
          "1 or 0",
          "1 for the phase that the intake of pattern alerts is in, 0 for the others.",
          Tag.of("phase", Phase.class))),
  /** State of the intake of clusters. */
  CLUSTERS_INTAKE(
      Declaration.gauge(
          "console.clusters.intake",
          "1 or 0",
          "1 for the phase that the intake of clusters is in, 0 for the others.",
          Tag.of("phase", Phase.class))),
  /** State of the intake of control events. */
  CONTROL_INTAKE(
      Declaration.gauge(
          "console.control.intake",
          "1 or 0",
          "1 for the phase that the intake of control events is in, of its topics the one worst off,"
              + " 0 for the others.",
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
