package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.metric.Metric;
import java.util.List;

/** The drift monitor's metrics. */
public enum RetrainMetric implements Metric {
  /** Decisions looked at. */
  DECISIONS(
      Declaration.counter(
          "retrain.decisions", "decisions", "Decisions of the watched release that were counted.")),
  /** Records that cannot be read. */
  UNDECODABLE(
      Declaration.counter(
          "retrain.undecodable", "records", "Records that a monitor cannot read, once a monitor.")),
  /** Payments far ahead of time. */
  AHEAD(
      Declaration.counter(
          "retrain.ahead",
          "payments",
          "Payments, and labels and groups of such, passed over, once a monitor, since they lie more"
              + " than seven days ahead of their partition's time.")),
  /** Readings of the score's drift. */
  READINGS(
      Declaration.counter(
          "retrain.readings",
          "windows",
          "Windows of scores compared with the release's reference, or filling: not yet compared.",
          new Tag("verdict", List.of(DriftMeter.DRIFTED, DriftMeter.STEADY, DriftMeter.FILLING)))),
  /** Newest reading. */
  SCORE_PSI(
      Declaration.gauge(
          "retrain.score.psi",
          "index",
          "Population stability index of the newest window; no number before the first.")),
  /** Whether anybody watches. */
  WATCHING(
      Declaration.gauge(
          "retrain.monitors.watching",
          "monitors",
          "1 while the monitors of the release in charge are started, 0 while nobody watches it.")),
  /** Starts that failed. */
  FAILURES(
      Declaration.counter(
          "retrain.monitors.failures",
          "starts",
          "Starts of the monitors that failed; each is tried again."));

  private final Declaration declared;

  RetrainMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
