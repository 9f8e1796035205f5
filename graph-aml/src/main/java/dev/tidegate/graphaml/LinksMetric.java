package dev.tidegate.graphaml;

import dev.tidegate.schemas.metric.Metric;

/** Metrics of the entity links, in Flink's metric group of their operator. */
public enum LinksMetric implements Metric {
  /** Sightings behind the watermark. */
  LATE(
      Declaration.counter(
          "graphaml.links.late.sightings",
          "sightings",
          "Sightings that came behind the watermark. They count while their window reaches to now;"
              + " those of [sightings] mostly are.")),
  /** Sightings ahead of the watermark. */
  WAITING(
      Declaration.gauge(
          "graphaml.links.waiting.sightings",
          "sightings",
          "Sightings that wait for the watermark to pass them.")),
  /** Edges kept. */
  EDGES(
      Declaration.gauge(
          "graphaml.links.edges", "edges", "Members' identifiers that are within their windows.")),
  /** Clusters. */
  CLUSTERS(
      Declaration.gauge(
          "graphaml.links.clusters", "clusters", "Clusters of members that share identifiers."));

  private final Declaration declared;

  LinksMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
