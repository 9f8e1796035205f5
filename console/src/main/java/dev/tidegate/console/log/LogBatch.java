package dev.tidegate.console.log;

import java.util.List;

/**
 * What one read of a topic brought; stored as a whole or not at all.
 *
 * @param events events read, in the order of each partition
 * @param positions where to go on, for each partition that was read
 * @param unreadable records that are no event of the topic
 * @param <T> kind of the topic's events
 */
public record LogBatch<T>(List<T> events, List<Position> positions, List<Unreadable> unreadable) {
  /** Copies the lists. */
  public LogBatch {
    events = List.copyOf(events);
    positions = List.copyOf(positions);
    unreadable = List.copyOf(unreadable);
  }

  /** Events that came from no log, or whose positions do not matter. */
  public static <T> LogBatch<T> of(List<T> events) {
    return new LogBatch<>(events, List.of(), List.of());
  }
}
