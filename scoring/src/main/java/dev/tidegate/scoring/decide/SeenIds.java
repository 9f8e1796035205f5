package dev.tidegate.scoring.decide;

import java.time.Duration;

/**
 * Ids that were seen within a horizon. Two generations: new ids go to the younger one; when that
 * has stood for the horizon, {@link #age} makes it the older one and the older one is forgotten. So
 * an id is remembered for at least the horizon and at most twice as long (plus any time without a
 * new id), without a time stored for each. Time is what the caller says; time that runs backwards
 * only keeps ids longer. It knows since when it knows all; whoever reads further back says so by
 * {@link #reaches}. Not thread safe.
 */
public final class SeenIds {
  // configuration
  private final long horizonMs;

  // runtime
  private IdTable younger = new IdTable();
  private IdTable older = new IdTable();
  private long youngerSinceMs = Long.MIN_VALUE;
  private long wholeSinceMs = Long.MAX_VALUE;

  /**
   * An empty memory.
   *
   * @throws IllegalArgumentException if the horizon is not positive
   */
  public SeenIds(Duration horizon) {
    if (horizon.isZero() || horizon.isNegative()) {
      throw new IllegalArgumentException("the horizon of ids must be positive, not " + horizon);
    }
    this.horizonMs = horizon.toMillis();
  }

  /**
   * Lets the memory age: what has stood for two horizons is forgotten. Never happens by itself, so
   * that nothing is forgotten between a question about the memory's reach and what follows from it.
   *
   * @param nowMs time of the caller's clock
   */
  public void age(long nowMs) {
    if (younger.size() > 0 && nowMs - youngerSinceMs >= horizonMs) {
      older = younger;
      younger = new IdTable();
      wholeSinceMs = Math.max(wholeSinceMs, youngerSinceMs);
      youngerSinceMs = nowMs;
    }
  }

  /**
   * Remembers an id.
   *
   * @param nowMs time of the caller's clock
   * @return false if it was seen before
   */
  public boolean add(EventId id, long nowMs) {
    if (younger.size() == 0 && older.size() == 0) {
      youngerSinceMs = nowMs;
    }
    return !older.contains(id) && younger.add(id);
  }

  /** Notes that every id since a time has been added. */
  public void reaches(long sinceMs) {
    wholeSinceMs = sinceMs;
  }

  /** Since when every id is remembered, on the caller's clock; the end of time while none is. */
  public long wholeSinceMs() {
    return wholeSinceMs;
  }

  /** True if the id is remembered. */
  public boolean contains(EventId id) {
    return younger.contains(id) || older.contains(id);
  }

  /** Number of ids remembered. */
  public int size() {
    return younger.size() + older.size();
  }
}
