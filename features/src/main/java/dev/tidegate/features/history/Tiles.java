package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a busy entity's older events left: for each currency and level, sums a tile; and for each
 * tag that is counted, a sample of when its values were last seen.
 */
final class Tiles {
  private final HistoryPlan plan;
  final List<Integer> currencies = new ArrayList<>();
  final List<Rows[]> levels = new ArrayList<>();
  final TagSample[] samples;

  /** Time of the newest event in the tiles. */
  long newestMs = Long.MIN_VALUE;

  /** Null where they hold all that was kept since they began. */
  @Nullable TileStarts starts;

  private final long[] sums;
  private final long[] peaks;

  Tiles(HistoryPlan plan) {
    this.plan = plan;
    this.samples = new TagSample[plan.pairs().size()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = new TagSample();
    }
    this.sums = new long[plan.series().sums()];
    this.peaks = new long[plan.series().peaks()];
  }

  /** Adds an event that leaves the ring, or came behind it. */
  void add(Event event, boolean fraud) {
    newestMs = Math.max(newestMs, event.timeMs());
    plan.series().sums(event, fraud, sums);
    plan.series().peaks(event, peaks, 0);
    Rows[] rows = of(event.currency());
    for (int level = 0; level < rows.length; level++) {
      long startMs = floor(event.timeMs(), level);
      int row = rows[level].atOrBefore(startMs);
      if (row >= rows[level].first() && rows[level].time(row) == startMs) {
        rows[level].addFrom(row, sums);
        rows[level].raise(row, 0, peaks);
      } else {
        rows[level].insert(startMs, sums, peaks);
      }
    }
  }

  /** Counts an event among them as known fraud, or no longer. */
  void label(Event event, boolean fraud) {
    Event bare = event.withoutAmounts();
    plan.series().sums(bare, true, sums);
    long[] with = sums.clone();
    plan.series().sums(bare, false, sums);
    for (int i = 0; i < sums.length; i++) {
      sums[i] = fraud ? with[i] - sums[i] : sums[i] - with[i];
    }
    Rows[] rows = of(event.currency());
    for (int level = 0; level < rows.length; level++) {
      long startMs = floor(event.timeMs(), level);
      int row = rows[level].atOrBefore(startMs);
      if (row >= rows[level].first() && rows[level].time(row) == startMs) {
        rows[level].addFrom(row, sums);
      }
    }
  }

  Rows[] of(int currency) {
    int at = currencies.indexOf(currency);
    if (at < 0) {
      at = currencies.size();
      currencies.add(currency);
      Rows[] rows = new Rows[plan.levels()];
      for (int level = 0; level < rows.length; level++) {
        rows[level] = new Rows(sums.length, plan.series().pairs(), peaks.length, 0);
      }
      levels.add(rows);
    }
    return levels.get(at);
  }

  /** Drops what no window reaches; says whether anything is left. */
  boolean expire(long newestMs) {
    for (Rows[] rows : levels) {
      for (int level = 0; level < rows.length; level++) {
        long floor = newestMs - plan.reachMs(level) - plan.tileMs(level);
        rows[level].dropFirst(rows[level].atOrBefore(floor) - rows[level].first() + 1);
      }
    }
    if (starts != null && starts.newest() < newestMs - 2 * plan.retentionMs()) {
      starts = null;
    }
    return this.newestMs > newestMs - plan.retentionMs();
  }

  /**
   * Adds what the tiles hold of a span that ends at or before an event. The far edge takes the
   * whole tile it cuts; the near edge takes only tiles that end by then, so that nothing later than
   * the event is seen.
   *
   * @param newestMs time of the entity's newest event
   */
  void addTo(Sums into, int span, Event event, long newestMs) {
    Span wanted = plan.spans().get(span);
    int level = plan.levelFor(span, event.timeMs(), newestMs);
    for (int i = 0; i < levels.size(); i++) {
      if (wanted.money() != Money.OWN || currencies.get(i) == event.currency()) {
        addTo(into, span, levels.get(i)[level], level, event.timeMs());
      }
    }
  }

  /**
   * Whether they hold what a measure reads of a span as of an event.
   *
   * @param places what it reads, by index among the plan's series
   */
  boolean hold(int[] places, int span, Event event, long newestMs) {
    if (starts == null) {
      return true;
    }
    int level = plan.levelFor(span, event.timeMs(), newestMs);
    return starts.holds(places, level, farEdge(plan.spans().get(span), event.timeMs(), level));
  }

  /** Start of the oldest tile that a span takes. */
  private long farEdge(Span span, long timeMs, int level) {
    return floor(timeMs - span.reachMs() + 1, level);
  }

  /** Whether a sample holds all values after a time. */
  boolean holdSample(int pair, long fromMs) {
    return starts == null || starts.samples[pair] <= fromMs;
  }

  private void addTo(Sums into, int index, Rows rows, int level, long timeMs) {
    Span span = plan.spans().get(index);
    SpanSeries series = plan.spanSeries(index);
    long to = timeMs - span.delayMs();
    int low = rows.atOrBefore(farEdge(span, timeMs, level) - 1);
    int high = newestMs <= to ? rows.last() : rows.atOrBefore(to - plan.tileMs(level) + 1);
    if (high > low) {
      into.add(rows, series, low, high);
      into.raise(rows, series, low, high, 0);
    }
  }

  /** Numbers that it takes on the heap. */
  long cells() {
    long cells = 0;
    for (Rows[] rows : levels) {
      for (Rows level : rows) {
        cells += level.cells();
      }
    }
    for (TagSample sample : samples) {
      cells += sample.cells();
    }
    return cells;
  }

  private long floor(long timeMs, int level) {
    return Math.floorDiv(timeMs, plan.tileMs(level)) * plan.tileMs(level);
  }
}
