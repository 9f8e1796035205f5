package dev.tidegate.console.intake;

import dev.tidegate.console.store.ClusterStore;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.ClusterChange;

/**
 * Reads [clusters] into its store, exactly once as {@link AlertIntake} does. On a thread of its own
 * and with a state of its own: clusters that cannot be read hold up no alert.
 */
public final class ClusterIntake implements AutoCloseable {
  private final TopicIntake<ClusterChange> changes;

  /** An intake; {@link #start} sets it going. */
  public ClusterIntake(String bootstrapServers, SchemaRegistry registry, ClusterStore store) {
    this.changes =
        new TopicIntake<>(
            new LogAccess(bootstrapServers, Topics.CLUSTERS.topic()),
            EventDecoder.of(
                Topics.CLUSTERS, ClusterChange.class, ClusterChange::getCluster, registry),
            store);
  }

  /** Starts reading; returns at once. Once only. */
  public void start() {
    changes.start(() -> {});
  }

  /** What it does at the moment. */
  public IntakeState state() {
    return changes.state();
  }

  /** Changes that were stored since the start and changed who is in a cluster. */
  public long changes() {
    return changes.stored();
  }

  /** Records since the start that were no change of a cluster. */
  public long unreadable() {
    return changes.unreadable();
  }

  /** Tells the reading to end; returns at once. {@link #close} waits for it. */
  public void end() {
    changes.end();
  }

  /** Stops reading; waits at most a second and a half for the batch in hand. */
  @Override
  public void close() {
    end();
    changes.awaitEnd();
  }
}
