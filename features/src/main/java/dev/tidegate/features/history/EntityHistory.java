package dev.tidegate.features.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one entity: its newest events, up to {@value #RING}, and once it has had more
 * within the retention, tiles of those before. Made, read and changed by {@link EntityWindows} and
 * {@link HistoryCodec}. Not thread safe.
 */
public final class EntityHistory {
  /** Events kept whole. */
  public static final int RING = 512;

  static final int NOWHERE = -1;
  static final long ALWAYS = Long.MIN_VALUE;

  /**
   * An entity that is silent for longer is new again, milliseconds: 400 days, a year and a month.
   */
  public static final long FORGOTTEN_AFTER_MS = 400 * 86_400_000L;

  private static final int EVENT_BYTES = 320;

  static final int ID = 0;
  static final int AMOUNT = 1;
  static final int BASE = 2;
  static final int CURRENCY = 3;
  static final int BITS = 4;
  static final int FRAUD = 5;
  static final int TAGS = 6;

  final HistoryPlan plan;
  final Rows ring;
  final long[] lastPassedMs;
  long firstSeenMs = Long.MAX_VALUE;
  long newestMs = Long.MIN_VALUE;

  /** All events after it are kept; {@link #ALWAYS} if no window reaches what is not. */
  long keptSinceMs = ALWAYS;

  boolean mixed;
  @Nullable Tiles tiles;

  private final long[] sums;
  private final long[] values;
  private long changes;

  EntityHistory(HistoryPlan plan) {
    this.plan = plan;
    SeriesPlan series = plan.series();
    int columns = TAGS + plan.tags().length;
    ring = new Rows(series.sums(), series.pairs(), columns + series.peaks(), columns);
    sums = new long[series.sums()];
    values = new long[columns + series.peaks()];
    lastPassedMs = new long[series.filters() + 1];
    Arrays.fill(lastPassedMs, Long.MIN_VALUE);
  }

  /** Events that are kept whole. */
  public int size() {
    return ring.size();
  }

  /** What it takes on the heap, in events of the ring, each some 320 bytes. */
  public int weight() {
    return ring.size() + (tiles == null ? 0 : (int) (tiles.cells() * Long.BYTES / EVENT_BYTES));
  }

  /** Time of the newest event, milliseconds; the smallest long of a history without events. */
  public long newestMs() {
    return newestMs;
  }

  /** How often it was changed; an event that leaves no trace is no change. */
  public long changes() {
    return changes;
  }

  /** Whether some windows are answered from tiles. */
  public boolean isTiled() {
    return tiles != null;
  }

  /** Whether events after a time are among the tiles. */
  boolean reachesTiles(long fromMs) {
    return tiles != null && fromMs < tiles.newestMs;
  }

  /** Whether events after a time are missing: let go under a layout that looked less far back. */
  boolean lacks(long fromMs) {
    return fromMs < keptSinceMs;
  }

  /**
   * Whether events after a time were let go because no window reached them: true only of a time
   * that a late event asks about, later than the retention allows for.
   */
  boolean isCut(long fromMs) {
    long floorMs = newestMs - plan.retentionMs();
    return newestMs != Long.MIN_VALUE && fromMs < floorMs && firstSeenMs <= floorMs;
  }

  /** Column where the ring's peaks begin. */
  int firstPeak() {
    return TAGS + plan.tags().length;
  }

  boolean isAged(long timeMs) {
    return newestMs != Long.MIN_VALUE && timeMs <= newestMs - plan.retentionMs();
  }

  /** Whether the entity was silent for so long before a time that it is new again. */
  boolean isForgotten(long timeMs) {
    return newestMs != Long.MIN_VALUE && newestMs < timeMs - FORGOTTEN_AFTER_MS;
  }

  /** Becomes a history without events. */
  void forget() {
    changes++;
    ring.dropFirst(ring.size());
    Arrays.fill(lastPassedMs, Long.MIN_VALUE);
    firstSeenMs = Long.MAX_VALUE;
    newestMs = Long.MIN_VALUE;
    keptSinceMs = ALWAYS;
    mixed = false;
    tiles = null;
  }

  /** The row of an event that is known already, or NOWHERE. */
  int find(Event event) {
    for (int row = ring.atOrBefore(event.timeMs());
        row >= ring.first() && ring.time(row) == event.timeMs();
        row--) {
      if (ring.value(ID, row) == event.id() && ring.value(AMOUNT, row) == event.amount()) {
        return row;
      }
    }
    return NOWHERE;
  }

  /** Puts an event at its time; NOWHERE if that is among the tiles. */
  int insert(Event event) {
    changes++;
    firstSeenMs = Math.min(firstSeenMs, event.timeMs());
    newestMs = Math.max(newestMs, event.timeMs());
    if (tiles != null && event.timeMs() < tiles.newestMs) {
      tiles.add(event, false);
      return NOWHERE;
    }
    return put(event, false);
  }

  int put(Event event, boolean fraud) {
    if (ring.size() == 0) {
      mixed = false;
    } else if (ring.value(CURRENCY, ring.last()) != event.currency()) {
      mixed = true;
    }
    plan.series().sums(event, fraud, sums);
    values[ID] = event.id();
    values[AMOUNT] = event.amount();
    values[BASE] = event.base();
    values[CURRENCY] = event.currency();
    values[BITS] = event.filterBits() & plan.filterMask();
    values[FRAUD] = fraud ? 1 : 0;
    int[] tags = plan.tags();
    for (int i = 0; i < tags.length; i++) {
      values[TAGS + i] = event.tag(tags[i]);
    }
    plan.series().peaks(event, values, firstPeak());
    return ring.insert(event.timeMs(), sums, values);
  }

  /** Counts an event that is among the tiles as known fraud, or no longer. */
  void labelTiled(Event event, boolean fraud) {
    if (tiles != null && event.timeMs() <= tiles.newestMs) {
      changes++;
      tiles.label(event, fraud);
    }
  }

  /** Sets whether a known event is a fraud. */
  void label(int row, boolean fraud) {
    if (ring.value(FRAUD, row) == (fraud ? 1 : 0)) {
      return;
    }
    changes++;
    Event event = event(row);
    plan.series().sums(event, true, sums);
    long[] with = sums.clone();
    plan.series().sums(event, false, sums);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = fraud ? with[i] - sums[i] : sums[i] - with[i];
    }
    ring.addFrom(row, sums);
    ring.setValue(FRAUD, row, fraud ? 1 : 0);
  }

  /** The event of a row; tags that no measure asks for are left out. */
  Event event(int row) {
    int[] kept = plan.tags();
    long[] tags = new long[kept.length == 0 ? 0 : kept[kept.length - 1] + 1];
    for (int i = 0; i < kept.length; i++) {
      tags[kept[i]] = ring.value(TAGS + i, row);
    }
    return new Event(
        ring.time(row),
        ring.value(ID, row),
        new Amount(ring.value(AMOUNT, row), ring.value(BASE, row), (int) ring.value(CURRENCY, row)),
        ring.value(BITS, row),
        tags);
  }

  /** Forgets what no window can reach as of the newest event. */
  void expire() {
    long floorMs = newestMs - plan.retentionMs();
    if (keptSinceMs <= floorMs) {
      keptSinceMs = ALWAYS;
    }
    int dropped = ring.atOrBefore(floorMs) - ring.first() + 1;
    for (int row = ring.first(); row < ring.first() + dropped; row++) {
      notePassed(row);
    }
    ring.dropFirst(dropped);
    if (tiles != null && !tiles.expire(newestMs)) {
      tiles = null;
    }
  }

  /** Moves the oldest events into tiles while there are too many. */
  void spill() {
    while (ring.size() > RING) {
      if (tiles == null) {
        tiles = new Tiles(plan);
        for (int pair = 0; pair < tiles.samples.length; pair++) {
          sampleRing(pair, tiles.samples[pair]);
        }
      }
      int row = ring.first();
      notePassed(row);
      tiles.add(event(row), ring.value(FRAUD, row) == 1);
      ring.dropFirst(1);
    }
  }

  /** Notes the values that the ring holds. */
  void sampleRing(int pair, TagSample into) {
    HistoryPlan.TagPair tag = plan.pairs().get(pair);
    for (int row = ring.first(); row <= ring.last(); row++) {
      long value = ring.value(TAGS + tag.tag(), row);
      if (value != Event.NO_VALUE && passes(row, tag.filter())) {
        into.see(value, ring.time(row), newestMs - plan.retentionMs());
      }
    }
  }

  boolean passes(int row, int filter) {
    return filter == Measure.ALL || ((ring.value(BITS, row) >>> filter) & 1) != 0;
  }

  /** Notes an event that went to the tiles at once, for those after it. */
  void notePassed(Event event) {
    for (int i = 0; i < lastPassedMs.length; i++) {
      if (event.passes(i - 1)) {
        lastPassedMs[i] = Math.max(lastPassedMs[i], event.timeMs());
      }
    }
  }

  private void notePassed(int row) {
    for (int i = 0; i < lastPassedMs.length; i++) {
      if (passes(row, i - 1)) {
        lastPassedMs[i] = Math.max(lastPassedMs[i], ring.time(row));
      }
    }
  }
}
