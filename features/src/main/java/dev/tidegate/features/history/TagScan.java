package dev.tidegate.features.history;

import java.util.Arrays;
import java.util.List;

/**
 * The measures of one filter and tag: a single walk back through the ring answers all their
 * windows. Windows that reach into the tiles take the sample; whether a value that is not in it is
 * new to such a window is not known, and answered by NaN.
 */
final class TagScan {
  private static final double MS = 1000;

  private final List<Measure> measures;
  private final int[] places;
  private final int filter;
  private final int column;
  private final int pair;
  private final long[] windowsMs;
  private final long longestMs;
  private final StampTable seen;
  private final int[] distinct;
  private final int[] distinctBefore;

  /**
   * Measures of one filter and tag.
   *
   * @param places where each measure's answer goes
   * @param pair the filter and tag's place in the plan
   */
  TagScan(HistoryPlan plan, int pair, List<Measure> measures, int[] places, StampTable seen) {
    this.measures = measures;
    this.places = places;
    this.pair = pair;
    this.filter = plan.pairs().get(pair).filter();
    this.column = EntityHistory.TAGS + plan.pairs().get(pair).tag();
    this.longestMs = measures.stream().mapToLong(Measure::windowMs).max().orElse(0);
    this.seen = seen;
    this.windowsMs = measures.stream().mapToLong(Measure::windowMs).toArray();
    this.distinct = new int[measures.size()];
    this.distinctBefore = new int[measures.size()];
  }

  int column() {
    return column;
  }

  int filter() {
    return filter;
  }

  /**
   * Answers the measures.
   *
   * @param row the event's row in the ring, or NOWHERE
   * @param own the event's value of the tag
   */
  void answer(EntityHistory history, long timeMs, int row, long own, double[] out) {
    long previousMs = walk(history, timeMs, row, own);
    Tiles tiles = history.tiles;
    if (previousMs == TagSample.NEVER && tiles != null && own != Event.NO_VALUE) {
      previousMs = tiles.samples[pair].lastBefore(own, timeMs);
    }
    for (int i = 0; i < places.length; i++) {
      Measure measure = measures.get(i);
      long fromMs = timeMs - measure.windowMs();
      double count = measure.withItself() ? distinct[i] : distinctBefore[i];
      long seenMs = previousMs;
      boolean missing = history.lacks(fromMs) || (tiles != null && !tiles.holdSample(pair, fromMs));
      if (tiles != null && fromMs < tiles.newestMs) {
        count = Math.max(count, sampled(tiles.samples[pair], measure, timeMs, own, seenMs));
      } else if (seenMs == TagSample.UNKNOWN) {
        seenMs = TagSample.NEVER; // the ring holds the whole window
      }
      if (missing) {
        count = Double.NaN;
        seenMs = seenMs == TagSample.NEVER ? TagSample.UNKNOWN : seenMs;
      }
      out[places[i]] = result(measure.kind(), count, own, timeMs, fromMs, seenMs);
    }
  }

  /** Estimated values of a window; its own, if that is new to it, only where it counts itself. */
  private static double sampled(
      TagSample sample, Measure measure, long timeMs, long own, long previousMs) {
    long fromMs = timeMs - measure.windowMs();
    boolean isNew = previousMs == TagSample.NEVER || previousMs <= fromMs;
    boolean without = !measure.withItself() && own != Event.NO_VALUE && isNew;
    return sample.count(fromMs, timeMs) - (without ? sample.share(own, fromMs, timeMs) : 0);
  }

  private static double result(
      Kind kind, double count, long own, long timeMs, long fromMs, long previousMs) {
    boolean known = previousMs != TagSample.UNKNOWN && own != Event.NO_VALUE;
    boolean repeated = known && previousMs != TagSample.NEVER && previousMs > fromMs;
    return switch (kind) {
      case DISTINCT -> count;
      case IS_NEW -> !known ? Double.NaN : repeated ? 0 : 1;
      default -> repeated ? (timeMs - previousMs) / MS : Double.NaN;
    };
  }

  /** Counts values in each window; says when the event's own was seen before. */
  private long walk(EntityHistory history, long timeMs, int row, long own) {
    seen.clear(history.ring.size());
    Arrays.fill(distinct, 0);
    Arrays.fill(distinctBefore, 0);
    long previousMs = TagSample.NEVER;
    Rows ring = history.ring;
    boolean ownCounts = false;
    for (int at = row; at >= ring.first() && row >= 0; at--) {
      long atMs = ring.time(at);
      if (atMs <= timeMs - longestMs) {
        break;
      }
      long value = ring.value(column, at);
      if (value == Event.NO_VALUE || !history.passes(at, filter)) {
        continue;
      }
      if (at == row) {
        ownCounts = true;
      } else if (value == own && previousMs == TagSample.NEVER) {
        previousMs = atMs;
        if (ownCounts) {
          count(distinctBefore, timeMs - atMs);
        }
      }
      if (seen.put(value) < 0) {
        count(distinct, timeMs - atMs);
        if (at != row) {
          count(distinctBefore, timeMs - atMs);
        }
      }
    }
    return previousMs;
  }

  private void count(int[] counts, long ageMs) {
    for (int i = 0; i < counts.length; i++) {
      if (ageMs < windowsMs[i]) {
        counts[i]++;
      }
    }
  }
}
