package dev.tidegate.console.store;

import dev.tidegate.schemas.event.Outcome;
import java.util.Map;

/**
 * How many alerts there are.
 *
 * @param total all alerts stored
 * @param today those raised on the given UTC day
 * @param byOutcome all alerts by outcome; an outcome without one is absent
 */
public record AlertCounts(long total, long today, Map<Outcome, Long> byOutcome) {
  /** Copies the map. */
  public AlertCounts {
    byOutcome = Map.copyOf(byOutcome);
  }
}
