package dev.tidegate.console.store;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What is known of an alert beside itself, and what changed of it.
 *
 * @param reasons why a model scored its payment high
 * @param patterns the episode behind it
 * @param clusters who its accounts and customers are linked with
 */
public record Evidence(ReasonStore reasons, PatternStore patterns, ClusterQueries clusters) {
  /** Of a database that {@link Migrations} has prepared. */
  public static Evidence in(DataSource database) {
    return new Evidence(
        new ReasonStore(database), new PatternStore(database), new ClusterQueries(database));
  }

  /** Up to which changes a reader knows. */
  public record Position(long reasons, long patterns) {}

  /** The newest changes. */
  public Position newest() {
    return new Position(reasons.newest(), patterns.newest());
  }

  /**
   * Ids of alerts of which something changed after one position and not after another.
   *
   * @param limit at most so many of each kind, from 1
   */
  public List<String> between(Position after, Position until, int limit) {
    List<String> changed = new ArrayList<>(reasons.between(after.reasons, until.reasons, limit));
    changed.addAll(patterns.between(after.patterns, until.patterns, limit));
    return changed;
  }
}
