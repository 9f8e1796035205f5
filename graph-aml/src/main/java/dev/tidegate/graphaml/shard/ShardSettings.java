package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import java.io.Serializable;
import java.util.Set;

/**
 * How the sharded graph runs.
 *
 * @param graph what it looks at. Its disorder is how far behind an account's newest payment one
 *     that comes behind the watermark is still kept with a whole window
 * @param boundMs a payment's signals leave when the watermark is this far beyond it, event time,
 *     complete or not
 * @param hubs accounts that are listed as hubs
 * @param risky accounts that are marked as risky
 */
public record ShardSettings(GraphSettings graph, long boundMs, Set<Long> hubs, Set<Long> risky)
    implements Serializable {
  private static final long BOUND_MS = 2_000;

  /** Copies, and refuses a bound below 0. */
  public ShardSettings {
    hubs = Set.copyOf(hubs);
    risky = Set.copyOf(risky);
    if (boundMs < 0) {
      throw new IllegalArgumentException("shard settings: boundMs: 0 or more");
    }
  }

  /** Two seconds, no account listed or marked. */
  public static ShardSettings of(GraphSettings graph) {
    return new ShardSettings(graph, BOUND_MS, Set.of(), Set.of());
  }
}
