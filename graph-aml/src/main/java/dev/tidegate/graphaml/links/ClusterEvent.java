package dev.tidegate.graphaml.links;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster changed.
 *
 * @param cluster its id
 * @param atMs when, in event time
 * @param change what happened
 * @param other the cluster that was taken in by a merge, or that came off by a split; else null
 * @param members who came in (formed, grew, merged) or left (shrank, split, dissolved), by name
 * @param size members after it
 */
public record ClusterEvent(
    String cluster,
    long atMs,
    Change change,
    @Nullable String other,
    List<String> members,
    int size) {
  /** Keeps a copy. */
  public ClusterEvent {
    members = List.copyOf(members);
  }

  /** What may happen to a cluster. */
  public enum Change {
    /** Two members were linked that had no cluster. */
    FORMED,
    /** A member without a cluster was linked to one of it. */
    GREW,
    /** It took in a younger cluster, whose id is gone. */
    MERGED,
    /** One member is linked to none of it any more. */
    SHRANK,
    /** Several members came off and are a cluster of their own. */
    SPLIT,
    /** Its last two members are not linked any more. */
    DISSOLVED
  }
}
