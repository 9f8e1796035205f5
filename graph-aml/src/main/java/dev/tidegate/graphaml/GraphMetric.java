package dev.tidegate.graphaml;

import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.metric.Metric;

/** The graph job's metrics, in Flink's metric groups of its operators. */
public enum GraphMetric implements Metric {
  /** Signals sent on. */
  SIGNALS(Declaration.counter("graphaml.signals", "signals", "Signals sent on, one a payment.")),
  /** Payments behind the watermark. */
  LATE(
      Declaration.counter(
          "graphaml.late.events",
          "payments",
          "Payments that came behind the watermark; each is answered at once.")),
  /** Payments ahead of the watermark. */
  WAITING(
      Declaration.gauge(
          "graphaml.waiting.events",
          "payments",
          "Payments that wait in the operator for the watermark to pass them.")),
  /** Payments that the graph did not take. */
  LEFT_OUT(
      Declaration.counter(
          "graphaml.left.out",
          "payments",
          "Payments that the graph did not take. Their signals are not numbers; repeats have none.",
          Tag.of("reason", LeftOut.class))),
  /** Pattern alerts sent on. */
  PATTERN_ALERTS(
      Declaration.counter(
          "graphaml.pattern.alerts",
          "alerts",
          "Versions of pattern alerts sent on, by the pattern.",
          Tag.of("pattern", LaunderingPattern.class))),
  /** Episodes that may still grow. */
  EPISODES(Declaration.gauge("graphaml.episodes", "episodes", "Episodes that may still grow.")),
  /** Accounts in the graph. */
  ACCOUNTS(
      Declaration.gauge("graphaml.accounts", "accounts", "Accounts that the graph remembers.")),
  /** Memory of the graph. */
  BYTES(Declaration.gauge("graphaml.bytes", "bytes", "Memory of the graph's arrays.")),
  /** Payments of the sharded graph that left with answers missing. */
  CUT(
      Declaration.counter(
          "graphaml.cut.payments",
          "payments",
          "Payments of the sharded graph that went on with answers missing because the watermark"
              + " was the bound beyond them."));

  /** Why a payment is not in the graph. */
  public enum LeftOut {
    /** Its currency has no rate. */
    UNKNOWN_CURRENCY,
    /** It stands further behind the newest than the settings allow. */
    TOO_LATE,
    /** It was there already. */
    REPEATED
  }

  private final Declaration declared;

  GraphMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
