package dev.tidegate.graphaml;

import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.metric.Metric;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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
              + " was the bound beyond them.")),
  /** Sightings of the sharded graph that raise no alert. */
  DROPPED_SIGHTINGS(
      Declaration.counter(
          "graphaml.dropped.sightings",
          "sightings",
          "Cycles and scatter-gathers of the sharded graph that no alert tells of.",
          Tag.of("reason", Dropped.class))),
  /** Findings of the sharded graph without their payment. */
  UNMATCHED(
      Declaration.counter(
          "graphaml.unmatched.findings",
          "findings",
          "Findings of the sharded graph whose payment did not come as long as they were kept: it"
              + " has no signal."));

  /** Why a sighting of the sharded graph raises no alert. */
  public enum Dropped {
    /** Its payment stands further behind the newest than the settings allow. */
    TOO_LATE,
    /** A payment of it is not at hand as evidence, or is not yet. */
    NO_EVIDENCE
  }

  /** Those that the sharded graph alone has. */
  public static final Set<GraphMetric> OF_SHARDS =
      Collections.unmodifiableSet(EnumSet.of(CUT, DROPPED_SIGHTINGS, UNMATCHED));

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
