package dev.tidegate.features;

import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.schemas.metric.Metric;

/** The metrics of the check of served features against the history, in its process's registry. */
public enum FeaturesCheckMetric implements Metric {
  /** Vectors that were computed again. */
  VECTORS(
      Declaration.counter(
          "features.check.vectors",
          "vectors",
          "Served vectors whose features of an entity were computed again from the history.",
          Tag.of("entity", Entity.class))),
  /** Those that came out otherwise. */
  MISMATCHES(
      Declaration.counter(
          "features.check.mismatches",
          "vectors",
          "Those of which a feature or a sequence came out otherwise. Anything above 0 is a fault, of"
              + " the features or of the history.",
          Tag.of("entity", Entity.class))),
  /** Those that came out otherwise where labels count. */
  LABEL_MISMATCHES(
      Declaration.counter(
          "features.check.label.mismatches",
          "vectors",
          "Those that came out otherwise only in features that look at labels: a fault, or labels"
              + " that came later than they say they were known.",
          Tag.of("entity", Entity.class))),
  /** Checks that could not be done. */
  FAILURES(
      Declaration.counter(
          "features.check.failures",
          "checks",
          "Checks that could not be done, with their reason in the log."));

  private final Declaration declared;

  FeaturesCheckMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
