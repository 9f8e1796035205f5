package dev.tidegate.features.history;

import java.io.Serializable;

/**
 * One number about an entity's events as of one of them. The window of an event at time t is {@code
 * (t - delay - window, t - delay]}; without a delay it holds the event itself, unless {@code
 * withItself} is false.
 *
 * @param kind what is computed
 * @param money which amounts it takes; {@link Money#NONE} where no amounts matter
 * @param filter index of the filter that events must pass, or {@link #ALL}
 * @param tag index of the tag for {@link Kind#DISTINCT}, {@link Kind#IS_NEW} and {@link
 *     Kind#TIME_SINCE}, or {@link #NO_TAG}
 * @param windowMs length of the window, milliseconds; 0 for ever, where the kind allows it
 * @param delayMs how far the window ends before the event, milliseconds
 * @param quantile in (0, 1] for {@link Kind#QUANTILE_RATIO}, else 0
 * @param withItself whether the event counts in its own window; not used with a delay
 */
public record Measure(
    Kind kind,
    Money money,
    int filter,
    int tag,
    long windowMs,
    long delayMs,
    double quantile,
    boolean withItself)
    implements Serializable {
  /** No filter: every event. */
  public static final int ALL = -1;

  /** Most filters: one bit each beside the flags of an event in a history's bytes. */
  public static final int MOST_FILTERS = 60;

  /** No tag. */
  public static final int NO_TAG = -1;
}
