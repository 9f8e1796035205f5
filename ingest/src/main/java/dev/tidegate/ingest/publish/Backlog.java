package dev.tidegate.ingest.publish;

/** How far the stages behind the door are behind it. Called from the feed's thread. */
@FunctionalInterface
public interface Backlog {
  /** Nobody counts: the door never waits. */
  Backlog NONE = published -> 0;

  /**
   * Payments that were sent and have no decision yet.
   *
   * @param sent payments that this run of the feed sent; those an earlier run had sent not counted
   */
  long undecided(long sent);
}
