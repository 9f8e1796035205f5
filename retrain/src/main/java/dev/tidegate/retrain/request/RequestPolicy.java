package dev.tidegate.retrain.request;

import java.time.Duration;

/**
 * What is cause enough to train.
 *
 * @param cooldown least time between two requests of a model
 * @param persistence readings in a row that call one score or feature drifted before it is a cause
 * @param volume observations that these readings rest on, at least
 * @param schedule a request each such period of the wall clock, from the epoch on; zero for none
 */
public record RequestPolicy(Duration cooldown, int persistence, long volume, Duration schedule) {
  /** Checks the ranges. */
  public RequestPolicy {
    if (cooldown.isNegative() || schedule.isNegative() || persistence < 1 || volume < 0) {
      throw new IllegalArgumentException(
          "cooldown, schedule and volume must not be negative, persistence at least 1");
    }
  }
}
