package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.metric.Metric;
import java.util.List;

/** The drift monitor's metrics. */
public enum RetrainMetric implements Metric {
  /** Decisions looked at. */
  DECISIONS(
      Declaration.counter(
          "retrain.decisions", "decisions", "Decisions of the watched release that were counted.")),
  /** Records that are no decision. */
  UNDECODABLE(
      Declaration.counter(
          "retrain.undecodable", "records", "Records of [decisions] that cannot be read.")),
  /** Readings of the score's drift. */
  READINGS(
      Declaration.counter(
          "retrain.readings",
          "windows",
          "Windows of scores compared with the release's reference.",
          new Tag("verdict", List.of(DriftMeter.DRIFTED, DriftMeter.STEADY)))),
  /** Newest reading. */
  SCORE_PSI(
      Declaration.gauge(
          "retrain.score.psi",
          "index",
          "Population stability index of the newest window; no number before the first."));

  private final Declaration declared;

  RetrainMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
