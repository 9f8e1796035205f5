package dev.tidegate.ingest.publish;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a feed runs.
 *
 * @param ratePerSecond rows a second; 0 for as fast as possible
 * @param bounded true if nothing follows this source: the last heartbeat then closes every window
 * @param heartbeatEvery longest time between heartbeats while the feed moves
 * @param positionEvery how often the position is written
 * @param backlogLimit undecided payments from which the feed waits; 0 for never
 * @param positions folder for the position file; null if the feed need not resume
 */
public record FeedSettings(
    double ratePerSecond,
    boolean bounded,
    Duration heartbeatEvery,
    Duration positionEvery,
    long backlogLimit,
    @Nullable Path positions) {
  private static final Duration HEARTBEAT = Duration.ofMillis(50);
  private static final Duration POSITION = Duration.ofSeconds(1);

  /** Checks the ranges. */
  public FeedSettings {
    if (ratePerSecond < 0 || Double.isNaN(ratePerSecond)) {
      throw new IllegalArgumentException("the rate must be 0 (as fast as possible) or more");
    }
    if (backlogLimit < 0) {
      throw new IllegalArgumentException("the backlog limit must be 0 (none) or more");
    }
  }

  /** A whole file as fast as possible, with nothing after it and no position. */
  public static FeedSettings replay() {
    return new FeedSettings(0, true, HEARTBEAT, POSITION, 0, null);
  }

  /** A feed that goes on later: resumable, with its position in a folder. */
  public static FeedSettings live(Path positions) {
    return new FeedSettings(0, false, HEARTBEAT, POSITION, 0, positions);
  }

  /** The same at a rate in rows a second; 0 for as fast as possible. */
  public FeedSettings withRate(double rowsPerSecond) {
    return new FeedSettings(
        rowsPerSecond, bounded, heartbeatEvery, positionEvery, backlogLimit, positions);
  }

  /** The same with a limit on undecided payments; 0 for none. */
  public FeedSettings withBacklogLimit(long limit) {
    return new FeedSettings(
        ratePerSecond, bounded, heartbeatEvery, positionEvery, limit, positions);
  }

  /** The same with its position in a folder; null for none. */
  public FeedSettings withPositions(@Nullable Path folder) {
    return new FeedSettings(
        ratePerSecond, bounded, heartbeatEvery, positionEvery, backlogLimit, folder);
  }
}
