package dev.tidegate.graphaml;

import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.metric.Metric;

/** The graph job's metrics, in Flink's metric groups of its operators. */
public enum GraphMetric implements Metric {
  /** Signals sent on. */
  SIGNALS(
      Declaration.counter(
          "graphaml.signals",
          "signals",
          "Signals sent on, by the end of the payment that they are about.",
          Tag.of("role", AccountRole.class))),
  /** Ends of payments behind the watermark. */
  LATE(
      Declaration.counter(
          "graphaml.late.events",
          "ends of payments",
          "Ends of payments that came behind the watermark; each is answered at once.")),
  /** Ends of payments ahead of the watermark. */
  WAITING(
      Declaration.gauge(
          "graphaml.waiting.events",
          "ends of payments",
          "Ends of payments that wait in an operator for the watermark to pass them.")),
  /** Payments of the sharded graph that left with answers missing. */
  CUT(
      Declaration.counter(
          "graphaml.cut.payments",
          "payments",
          "Payments of the sharded graph that went on with answers missing because the watermark"
              + " was the bound beyond them."));

  private final Declaration declared;

  GraphMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
