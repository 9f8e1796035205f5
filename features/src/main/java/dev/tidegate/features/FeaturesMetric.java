package dev.tidegate.features;

import dev.tidegate.schemas.metric.Metric;

/** The features job's metrics, in Flink's metric groups of its operators. */
public enum FeaturesMetric implements Metric {
  /** Payments behind the watermark. */
  LATE(
      Declaration.counter(
          "features.late.events",
          "payments",
          "Payments that came behind the watermark of some entity; each is answered at once.")),
  /** What is ahead of the watermark. */
  WAITING(
      Declaration.gauge(
          "features.waiting.events",
          "events",
          "Questions to entities, and labels, that wait for the watermark to pass them.")),
  /** Entities whose history is kept on the heap. */
  HELD(
      Declaration.gauge(
          "features.held.entities",
          "entities",
          "Entities whose history a task holds decoded on its heap; written at checkpoints.")),
  /** Payments that wait for answers, and answers that wait for payments. */
  JOINING(
      Declaration.gauge(
          "features.joining.payments",
          "payments",
          "Payments that wait for the answers of their entities.")),
  /** Amounts that sums cannot hold. */
  AMOUNTS_BEYOND(
      Declaration.gauge(
          "features.amounts.beyond",
          "payments",
          "Payments since the start with an amount, own or converted, beyond 2^44 minor units; in"
              + " windows the own one counts as 2^44, the converted one as without a rate.")),
  /** Filters that could not be evaluated. */
  FILTER_FAILURES(
      Declaration.gauge(
          "features.filter.failures",
          "evaluations",
          "Filters that could not be evaluated on a payment, which counts as not passed."));

  private final Declaration declared;

  FeaturesMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
