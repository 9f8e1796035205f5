package dev.tidegate.retrain.outcome;

/** How groups are compared, each with all the others together. */
public enum FairnessMeasure {
  /** Share of payments let through, over that of the others: the four-fifths rule's figure. */
  DISPARATE_IMPACT,
  /** Share of legitimate payments that were stopped, over that of the others. */
  FALSE_POSITIVE_RATIO
}
