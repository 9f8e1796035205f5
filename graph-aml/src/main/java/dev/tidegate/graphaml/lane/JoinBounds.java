package dev.tidegate.graphaml.lane;

import java.io.Serializable;

/**
 * How long one half of a payment waits for the other, in event time as the graph has it.
 *
 * @param waitMs how far the graph must be past a payment before its vector goes on without signals;
 *     0 suffices for payments that come in order
 * @param keptMs how long what is known of a payment is kept after it: signals whose vector has not
 *     come, and that a vector has gone; more than {@code waitMs}. By so much the graph may be ahead
 *     of the features, which days of catching up may be in minutes
 */
public record JoinBounds(long waitMs, long keptMs) implements Serializable {
  private static final long DAY_MS = 86_400_000;
  private static final long MOST_KEPT_MS = 45 * DAY_MS;

  /** Two seconds, and as long as [features] are kept. */
  public static final JoinBounds SHIPPED = new JoinBounds(2_000, 7 * DAY_MS);

  /** Checks both. */
  public JoinBounds {
    if (waitMs < 0 || keptMs <= waitMs || keptMs > MOST_KEPT_MS) {
      throw new IllegalArgumentException(
          "vectors: wait must be 0 or more and less than kept, and kept at most 45d, not "
              + waitMs
              + " ms and "
              + keptMs
              + " ms");
    }
  }
}
