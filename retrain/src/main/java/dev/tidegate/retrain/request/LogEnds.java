package dev.tidegate.retrain.request;

import java.util.Map;

/** Where the logs that training reads end. */
public interface LogEnds {
  /** Where they end now. */
  Ends now();

  /**
   * Ends of logs.
   *
   * @param offsets end offset by {@code topic-partition} of [features], [labels] and [decisions]
   * @param newestEventMs event time of the newest decision; 0 if there is none
   */
  record Ends(Map<String, Long> offsets, long newestEventMs) {
    /** Copies. */
    public Ends {
      offsets = Map.copyOf(offsets);
    }
  }
}
