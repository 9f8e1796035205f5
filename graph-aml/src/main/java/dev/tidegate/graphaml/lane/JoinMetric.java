package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.metric.Metric;

/** Metrics of the join of features and signals, in Flink's metric group of its operator. */
public enum JoinMetric implements Metric {
  /** Vectors sent on. */
  VECTORS(
      Declaration.counter(
          "graphaml.joined.vectors", "vectors", "Vectors of both halves sent on to the AML lane.")),
  /** Vectors that went on alone. */
  WITHOUT_SIGNALS(
      Declaration.counter(
          "graphaml.joined.without.signals",
          "vectors",
          "Of these, vectors that went on without signals because the graph was the bound beyond"
              + " them.")),
  /** Vectors of before the signals. */
  BEFORE_SIGNALS(
      Declaration.counter(
          "graphaml.joined.before.signals",
          "vectors",
          "Vectors dropped because their payments are of before the first signals: what [features]"
              + " still held when the lane was switched on."));

  private final Declaration declared;

  JoinMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
