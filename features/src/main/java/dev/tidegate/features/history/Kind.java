package dev.tidegate.features.history;

/** What a measure says of the events in its window. Amounts are minor units here. */
public enum Kind {
  /** Number of events. */
  COUNT,
  /** Sum of the amounts. */
  SUM,
  /** Mean amount; NaN without events. */
  MEAN,
  /** Sample standard deviation of the amounts, n - 1; NaN below two events. */
  DEVIATION,
  /** Largest amount; NaN without events. */
  MAX,
  /** Smallest amount; NaN without events. */
  MIN,
  /** Number of different values of a tag; events without the tag do not count. */
  DISTINCT,
  /**
   * Seconds since the event before this one; with a tag, since the one before it of the same value.
   * NaN if there was none in the window; a window of 0 means ever, which a tag does not allow.
   */
  TIME_SINCE,
  /** Seconds since the entity's first event ever; 0 for the first. */
  FIRST_SEEN,
  /**
   * 1 if no earlier event in the window has this event's value of a tag, else 0; NaN without a
   * value, and where a busy entity's sample does not know.
   */
  IS_NEW,
  /**
   * This event's amount less the mean, over the sample standard deviation; NaN below two events or
   * without deviation.
   */
  Z_SCORE,
  /** This event's amount over a quantile of the amounts (nearest rank); NaN where that is 0. */
  QUANTILE_RATIO,
  /**
   * Hours, 0 to 12, between this event's hour of day and the periodic mean of the window's hours
   * (von Mises; Bahnsen et al. 2016); NaN without events or without a mean.
   */
  HOUR_DISTANCE,
  /** {@link #HOUR_DISTANCE} over the periodic standard deviation; NaN where that is 0. */
  HOUR_SCORE,
  /** Number of events known as fraud. */
  FRAUDS,
  /** Share of events known as fraud; 0 without events. */
  RISK;

  /** Whether it looks at what payments turned out to be. */
  public boolean usesLabels() {
    return this == FRAUDS || this == RISK;
  }
}
