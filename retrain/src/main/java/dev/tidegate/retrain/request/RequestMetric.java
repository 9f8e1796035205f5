package dev.tidegate.retrain.request;

import dev.tidegate.schemas.metric.Metric;
import java.util.List;

/** Metrics of retrain requests. */
public enum RequestMetric implements Metric {
  /** Requests made. */
  REQUESTS(
      Declaration.counter(
          "retrain.requests",
          "requests",
          "Requests to train that monitors or the schedule have caused.",
          new Tag("cause", List.of(Cause.CONCEPT, Cause.FEATURE, Cause.SCHEDULE)))),
  /** Readings of monitors. */
  READINGS(
      Declaration.counter(
          "retrain.monitor.readings",
          "readings",
          "Readings on [drift] of the release in charge.",
          new Tag("monitor", MonitorNames.ALL),
          new Tag("verdict", List.of(MonitorNames.DRIFTED, MonitorNames.STEADY)))),
  /** Newest reading. */
  LEVEL(
      Declaration.gauge(
          "retrain.monitor.level",
          "ratio",
          "Newest statistic over its threshold, 1 being an alarm; no number before the first.",
          new Tag("monitor", MonitorNames.ALL))),
  /** Records that are no reading. */
  UNREADABLE(
      Declaration.counter(
          "retrain.causes.undecodable",
          "records",
          "Records of [drift] and [models] that cannot be read."));

  private final Declaration declared;

  RequestMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
