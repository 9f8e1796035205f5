package dev.tidegate.features.history;

import java.util.Arrays;
import java.util.List;

/**
 * Carries a history over to another layout. Events, tiles and samples keep what both layouts know;
 * what only the new one asks for begins with the next event: an event of before passes no new
 * filter, has no new tag and, where none was asked for, no converted amount, as if there were no
 * rate. Tiles answer what they do not hold once they hold a whole window of it, see {@link
 * TileStarts}; a level that they lack is summed up from a finer one, as far as that reaches. A
 * window that reaches behind what the old layout kept is missing until all of it was kept, see
 * {@link EntityHistory#lacks}.
 */
final class Carrying {
  private final HistoryPlan from;
  private final HistoryPlan to;
  private final int[] filters;
  private final int[] tags;

  Carrying(HistoryPlan from, HistoryPlan to) {
    this.from = from;
    this.to = to;
    this.filters = places(to.layout().filters(), from.layout().filters());
    this.tags = places(to.layout().tags(), from.layout().tags());
  }

  private static int[] places(List<String> wanted, List<String> known) {
    return wanted.stream().mapToInt(known::indexOf).toArray();
  }

  EntityHistory carry(EntityHistory old) {
    EntityHistory carried = new EntityHistory(to);
    carried.firstSeenMs = old.firstSeenMs;
    carried.newestMs = old.newestMs;
    carried.keptSinceMs = keptSince(old);
    for (int i = 0; i < carried.lastPassedMs.length; i++) {
      int known = oldFilter(i - 1);
      carried.lastPassedMs[i] =
          known == UNKNOWN || known + 1 >= old.lastPassedMs.length
              ? Long.MIN_VALUE
              : old.lastPassedMs[known + 1];
    }
    for (int row = old.ring.first(); row <= old.ring.last(); row++) {
      carried.put(event(old.event(row)), old.ring.value(EntityHistory.FRAUD, row) == 1);
    }
    carried.tiles = old.tiles == null ? null : tiles(old, old.tiles, carried);
    return carried;
  }

  /** What the old layout let go is missing to a layout that looks further back. */
  private long keptSince(EntityHistory old) {
    long floorMs = old.newestMs - from.retentionMs();
    boolean isMissed = to.retentionMs() > from.retentionMs() && old.firstSeenMs <= floorMs;
    return isMissed ? Math.max(old.keptSinceMs, floorMs) : old.keptSinceMs;
  }

  private static final int UNKNOWN = -2;

  private int oldFilter(int filter) {
    if (filter == Measure.ALL) {
      return Measure.ALL;
    }
    return filter < filters.length && isKept(filters[filter]) ? filters[filter] : UNKNOWN;
  }

  /** Whether the old histories kept which events pass a filter of their catalogue. */
  private boolean isKept(int filter) {
    return filter >= 0 && ((from.filterMask() >>> filter) & 1) != 0;
  }

  Event event(Event old) {
    long bits = 0;
    for (int i = 0; i < filters.length; i++) {
      bits |= isKept(filters[i]) && old.passes(filters[i]) ? 1L << i : 0;
    }
    long[] values = new long[tags.length];
    for (int i = 0; i < tags.length; i++) {
      boolean known = tags[i] >= 0 && from.columnOf(tags[i]) >= 0;
      values[i] = known ? old.tag(tags[i]) : Event.NO_VALUE;
    }
    long base = from.base() ? old.base() : Amount.NO_BASE;
    Amount amount = new Amount(old.amount(), base, old.currency());
    return new Event(old.timeMs(), old.id(), amount, bits, values);
  }

  private Tiles tiles(EntityHistory whole, Tiles old, EntityHistory ring) {
    Tiles carried = new Tiles(to);
    TileStarts starts = starts(whole, old);
    carried.newestMs = old.newestMs;
    for (int i = 0; i < old.currencies.size(); i++) {
      Rows[] rows = carried.of(old.currencies.get(i));
      for (int level = 0; level < rows.length; level++) {
        int source = levelFor(to.tileMs(level));
        if (source != NO_LEVEL) {
          sumUp(old.levels.get(i)[source], rows[level], to.tileMs(level));
        }
      }
    }
    for (int pair = 0; pair < carried.samples.length; pair++) {
      int known = sampleOf(to.pairs().get(pair));
      if (known >= 0) {
        carried.samples[pair] = old.samples[known];
      } else {
        ring.sampleRing(pair, carried.samples[pair]);
      }
    }
    carried.starts = starts.newest() == TileStarts.ALWAYS ? null : starts;
    return carried;
  }

  /** What the old tiles lack starts with the events that are still in the ring. */
  private TileStarts starts(EntityHistory whole, Tiles old) {
    TileStarts starts = new TileStarts(to);
    for (int level = 0; level < starts.levels.length; level++) {
      starts.levels[level] = levelStart(whole, old, level);
    }
    List<SeriesPlan.Place> places = to.series().places();
    for (int at = 0; at < starts.series.length; at++) {
      starts.series[at] = seriesStart(old, places.get(at));
    }
    for (int pair = 0; pair < starts.samples.length; pair++) {
      starts.samples[pair] = sampleStart(old, to.pairs().get(pair));
    }
    return starts;
  }

  private long levelStart(EntityHistory whole, Tiles old, int level) {
    int source = levelFor(to.tileMs(level));
    if (source == NO_LEVEL) {
      return old.newestMs;
    }
    long before = old.starts == null ? TileStarts.ALWAYS : old.starts.levels[source];
    boolean reaches = from.reachMs(source) >= Math.min(to.reachMs(level), from.retentionMs());
    return reaches
        ? before
        : Math.max(before, Math.min(old.newestMs, whole.newestMs - from.reachMs(source)));
  }

  private long seriesStart(Tiles old, SeriesPlan.Place place) {
    int filter = oldFilter(place.filter());
    if (filter == UNKNOWN) {
      return TileStarts.ALWAYS;
    }
    int at = from.series().indexOf(filter, place.series());
    if (at < 0) {
      return old.newestMs;
    }
    return old.starts == null ? TileStarts.ALWAYS : old.starts.series[at];
  }

  private long sampleStart(Tiles old, HistoryPlan.TagPair wanted) {
    int known = sampleOf(wanted);
    if (known >= 0) {
      return old.starts == null ? TileStarts.ALWAYS : old.starts.samples[known];
    }
    int tag = tags[to.tags()[wanted.tag()]];
    boolean isNew = tag < 0 || from.columnOf(tag) < 0 || oldFilter(wanted.filter()) == UNKNOWN;
    return isNew ? TileStarts.ALWAYS : old.newestMs;
  }

  private static final int NO_LEVEL = -1;

  /** The old level to make a new one from: the coarsest whose tiles it is made of. */
  private int levelFor(long tileMs) {
    int found = NO_LEVEL;
    for (int level = 0; level < from.levels(); level++) {
      found = tileMs % from.tileMs(level) == 0 ? level : found;
    }
    return found;
  }

  private void sumUp(Rows source, Rows target, long tileMs) {
    long[] sums = new long[to.series().sums()];
    long[] peaks = new long[to.series().peaks()];
    for (int row = source.first(); row <= source.last(); row++) {
      read(source, row, sums, peaks);
      long startMs = Math.floorDiv(source.time(row), tileMs) * tileMs;
      int last = target.last();
      if (target.size() > 0 && target.time(last) == startMs) {
        target.addFrom(last, sums);
        target.raise(last, 0, peaks);
      } else {
        target.insert(startMs, sums, peaks);
      }
    }
  }

  private void read(Rows source, int row, long[] sums, long[] peaks) {
    Arrays.fill(sums, 0);
    Arrays.fill(peaks, Long.MIN_VALUE);
    for (SeriesPlan.Place place : to.series().places()) {
      int filter = oldFilter(place.filter());
      int old = filter == UNKNOWN ? SeriesPlan.NONE : from.series().of(filter, place.series());
      if (old == SeriesPlan.NONE) {
        continue;
      }
      if (place.series().isPeak()) {
        peaks[place.at()] = source.value(old, row);
      } else if (place.series().isPair()) {
        sums[place.at()] = source.upperSum(old, row - 1, row);
        sums[place.at() + 1] = source.own(old + 1, row);
      } else {
        sums[place.at()] = source.own(old, row);
      }
    }
  }

  /** Place of the old sample of a filter and tag, or -1. */
  private int sampleOf(HistoryPlan.TagPair wanted) {
    int tag = tags[to.tags()[wanted.tag()]];
    for (int i = 0; i < from.pairs().size(); i++) {
      HistoryPlan.TagPair known = from.pairs().get(i);
      if (known.filter() == oldFilter(wanted.filter()) && from.tags()[known.tag()] == tag) {
        return i;
      }
    }
    return -1;
  }
}
