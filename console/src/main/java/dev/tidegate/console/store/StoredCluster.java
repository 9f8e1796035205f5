package dev.tidegate.console.store;

import dev.tidegate.schemas.event.EntityLink;
import java.util.List;

/**
 * A cluster of accounts and customers as it stands.
 *
 * @param id its id
 * @param size how many are in it
 * @param members some of them, those with the most alerts first
 * @param links links between its members, the heaviest first; some of them if there are many
 */
public record StoredCluster(String id, int size, List<Entry> members, List<EntityLink> links) {
  /** Copies the lists. */
  public StoredCluster {
    members = List.copyOf(members);
    links = List.copyOf(links);
  }

  /**
   * One that is in it.
   *
   * @param name account or customer
   * @param sinceMs event time when it came in, milliseconds since 1970 UTC
   * @param alerts alerts on payments from it or to it
   */
  public record Entry(String name, long sinceMs, long alerts) {}
}
