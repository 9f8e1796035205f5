package dev.tidegate.benchmarks.windows;

import java.io.Serializable;

/**
 * How busy the entities of a stream are.
 *
 * @param name word for tables and files
 * @param eventsAMonth mean number of events of an entity in 30 days
 * @param entities how many there are
 */
public record Load(String name, int eventsAMonth, int entities) implements Serializable {
  /** 30 days, milliseconds. */
  public static final long MONTH_MS = 30 * 86_400_000L;

  /** Entities whose month fits the exact ring of 512 events. */
  public static final Load RING = new Load("ring", 400, 500);

  /** Busy entities, kept as tiles; their histories stay on the heap between checkpoints. */
  public static final Load BUSY = new Load("busy", 10_000, 50);

  /** More busy entities than stay on the heap: each event reads and writes a tiled history. */
  public static final Load MANY_BUSY = new Load("many-busy", 800, 600);

  /** Events of all entities in a span of event time. */
  public long eventsIn(long spanMs) {
    return (long) ((double) spanMs / MONTH_MS * eventsAMonth * entities);
  }
}
