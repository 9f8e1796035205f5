package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.temporal.GraphSettings;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the sharded graph runs.
 *
 * @param graph what it looks at. Its disorder is how far behind an account's newest payment one
 *     that comes behind the watermark is still kept with a whole window
 * @param boundMs a payment's signals leave when the watermark is this far beyond it, event time,
 *     complete or not
 * @param shards parts that the accounts are dealt out to, for as long as the job's state lives; a
 *     parallelism above has no use. Fewer are faster: what goes to one shard goes together
 * @param hubs accounts that are listed as hubs
 * @param risky accounts that are marked as risky
 */
public record ShardSettings(
    GraphSettings graph, long boundMs, int shards, Set<Long> hubs, Set<Long> risky)
    implements Serializable {
  /** Most shards, and Flink's key groups of the stages that they are the keys of. */
  static final int MOST_SHARDS = GraphLayout.MOST_SHARDS;

  private static final int SHARDS = 8;

  /** Copies, and refuses what cannot be meant. */
  public ShardSettings {
    hubs = Set.copyOf(hubs);
    risky = Set.copyOf(risky);
    if (boundMs < 0) {
      throw new IllegalArgumentException("shard settings: boundMs: 0 or more");
    }
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new IllegalArgumentException("shard settings: shards: 1 to " + MOST_SHARDS);
    }
  }

  /** Two seconds, eight shards, no account listed or marked. */
  public static ShardSettings of(GraphSettings graph) {
    return new ShardSettings(graph, GraphConfig.BOUND_MS, SHARDS, Set.of(), Set.of());
  }

  /** As the stage is told: one shard for each part of its layout, accounts as they are listed. */
  public static ShardSettings of(GraphConfig config) {
    return new ShardSettings(
        config.graph(),
        config.boundMs(),
        config.layout().parts(),
        config.lists().hubNumbers().boxed().collect(Collectors.toSet()),
        config.lists().riskyNumbers().boxed().collect(Collectors.toSet()));
  }
}
