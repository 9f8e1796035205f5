package dev.tidegate.ingest.publish;

/** How far the stages behind the door are behind it. Called from the feed's thread. */
@FunctionalInterface
public interface Backlog {
  /** Nobody counts: the door never waits. */
  Backlog NONE = published -> 0;

  /**
   * Payments that were published and have no decision yet.
   *
   * @param published payments published by this run of the feed
   */
  long undecided(long published);
}
