package dev.tidegate.features.history;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries a history over to another layout. Events, tiles and samples keep what both layouts know;
 * what only the new one asks for begins with the next event: an event of before passes no new
 * filter and has no new tag, and a new tile level begins empty unless a finer one can be summed up.
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
    carried.tiles = old.tiles == null ? null : tiles(old.tiles);
    return carried;
  }

  private static final int UNKNOWN = -2;

  private int oldFilter(int filter) {
    if (filter == Measure.ALL) {
      return Measure.ALL;
    }
    return filter < filters.length && filters[filter] >= 0 ? filters[filter] : UNKNOWN;
  }

  Event event(Event old) {
    long bits = 0;
    for (int i = 0; i < filters.length; i++) {
      boolean passed = filters[i] >= 0 && ((from.filterMask() >>> filters[i]) & 1) != 0;
      bits |= passed && old.passes(filters[i]) ? 1L << i : 0;
    }
    long[] values = new long[tags.length];
    for (int i = 0; i < tags.length; i++) {
      boolean known = tags[i] >= 0 && from.columnOf(tags[i]) >= 0;
      values[i] = known ? old.tag(tags[i]) : Event.NO_VALUE;
    }
    Amount amount = new Amount(old.amount(), old.base(), old.currency());
    return new Event(old.timeMs(), old.id(), amount, bits, values);
  }

  private Tiles tiles(Tiles old) {
    Tiles carried = new Tiles(to);
    carried.newestMs = old.newestMs;
    for (int i = 0; i < old.currencies.size(); i++) {
      Rows[] rows = carried.of(old.currencies.get(i));
      for (int level = 0; level < rows.length; level++) {
        Rows source = finest(old.levels.get(i), to.tileMs(level));
        if (source != null) {
          sumUp(source, rows[level], to.tileMs(level));
        }
      }
    }
    for (int pair = 0; pair < carried.samples.length; pair++) {
      TagSample sample = sample(old, to.pairs().get(pair));
      carried.samples[pair] = sample == null ? new TagSample() : sample;
    }
    return carried;
  }

  /** The old level to make a new one from: the coarsest whose tiles it is made of. */
  private @Nullable Rows finest(Rows[] levels, long tileMs) {
    Rows found = null;
    for (int level = 0; level < levels.length; level++) {
      found = tileMs % from.tileMs(level) == 0 ? levels[level] : found;
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

  private @Nullable TagSample sample(Tiles old, HistoryPlan.TagPair wanted) {
    int tag = tags[to.tags()[wanted.tag()]];
    for (int i = 0; i < old.samples.length; i++) {
      HistoryPlan.TagPair known = from.pairs().get(i);
      if (known.filter() == oldFilter(wanted.filter()) && from.tags()[known.tag()] == tag) {
        return old.samples[i];
      }
    }
    return null;
  }
}
