package dev.tidegate.retrain.train;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of event time.
 *
 * @param since inclusive
 * @param until exclusive
 */
public record TimeRange(Instant since, Instant until) {
  /**
   * A range whose open ends are those of the rows at hand.
   *
   * @param since inclusive; null for the first row
   * @param until exclusive; null for just after the last row
   * @param firstMs event time of the first row, UTC milliseconds
   * @param lastMs event time of the last row
   */
  public static TimeRange within(
      @Nullable Instant since, @Nullable Instant until, long firstMs, long lastMs) {
    return new TimeRange(
        since == null ? Instant.ofEpochMilli(firstMs) : since,
        until == null ? Instant.ofEpochMilli(lastMs + 1) : until);
  }

  /** True if the moment lies inside. */
  public boolean contains(long eventTimeMs) {
    return eventTimeMs >= since.toEpochMilli() && eventTimeMs < until.toEpochMilli();
  }
}
