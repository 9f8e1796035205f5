package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a history must keep so that an entity's measures can be answered: series, tags, how long
 * events count, and the tile levels that stand in for events of a busy entity. Immutable.
 *
 * <p>A span takes the coarsest level whose tiles are at most a sixtieth of its window, so its far
 * edge is off by at most a sixtieth of the window's length. Tiles of a day would be a thirtieth of
 * the longest window and are not kept (docs/decisions.md). An event more than {@value
 * #FINE_LATENESS_MS} ms late finds no tiles of a second any more: it takes those of the next level
 * for them.
 */
final class HistoryPlan {
  /** How far a late event may stand behind its entity's newest and still see whole windows. */
  static final long LATENESS_MS = 86_400_000L;

  /**
   * How far it may stand behind and still find the finest tiles, of which a day would be 86,400.
   */
  static final long FINE_LATENESS_MS = 300_000L;

  private static final long[] TILES_MS = {1_000L, 60_000L, 300_000L, 3_600_000L};
  private static final int TILES_IN_WINDOW = 60;

  /** A filter and a tag whose values are told apart. */
  record TagPair(int filter, int tag) {}

  private final Layout layout;
  private final SeriesPlan series;
  private final int[] tags;
  private final List<TagPair> pairs;
  private final List<Span> spans;
  private final List<SpanSeries> spanSeries;
  private final long[] levelsMs;
  private final int[] levelOfSpan;
  private final long[] levelReachMs;
  private final long retentionMs;
  private final long filterMask;
  private final boolean base;

  HistoryPlan(Layout layout) {
    this.layout = layout;
    List<Measure> measures = layout.measures();
    series = new SeriesPlan(measures);
    tags = tagsOf(layout);
    pairs = pairsOf(measures);
    spans =
        List.copyOf(
            new LinkedHashSet<>(
                measures.stream().filter(HistoryPlan::sums).map(Span::of).toList()));
    spanSeries = spans.stream().map(span -> SpanSeries.of(series, span)).toList();
    levelsMs = spans.stream().mapToLong(HistoryPlan::tileMs).distinct().sorted().toArray();
    levelOfSpan =
        spans.stream().mapToInt(span -> Arrays.binarySearch(levelsMs, tileMs(span))).toArray();
    levelReachMs = new long[levelsMs.length];
    for (int i = 0; i < levelOfSpan.length; i++) {
      int level = levelOfSpan[i];
      long latenessMs = levelsMs[level] == TILES_MS[0] ? FINE_LATENESS_MS : LATENESS_MS;
      levelReachMs[level] = Math.max(levelReachMs[level], spans.get(i).reachMs() + latenessMs);
    }
    retentionMs = LATENESS_MS + reachMs(layout);
    filterMask = maskOf(measures);
    base =
        layout.recent().base()
            || measures.stream().anyMatch(measure -> measure.money() == Money.BASE);
  }

  private static int[] tagsOf(Layout layout) {
    IntStream measured = layout.measures().stream().mapToInt(Measure::tag).filter(t -> t >= 0);
    IntStream compared = layout.recent().tags().stream().mapToInt(Integer::intValue);
    return IntStream.concat(measured, compared).distinct().sorted().toArray();
  }

  /** How far before an event something looks. */
  private static long reachMs(Layout layout) {
    long windowsMs =
        layout.measures().stream().mapToLong(m -> m.windowMs() + m.delayMs()).max().orElse(0);
    return layout.recent().isAsked() ? Math.max(windowsMs, Recent.REACH_MS) : windowsMs;
  }

  private List<TagPair> pairsOf(List<Measure> measures) {
    Set<TagPair> found = new LinkedHashSet<>();
    for (Measure measure : measures) {
      if (measure.tag() != Measure.NO_TAG) {
        found.add(new TagPair(measure.filter(), columnOf(measure.tag())));
      }
    }
    List<TagPair> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(TagPair::filter).thenComparingInt(TagPair::tag));
    return List.copyOf(sorted);
  }

  private static long maskOf(List<Measure> measures) {
    long mask = 0;
    for (Measure measure : measures) {
      if (measure.filter() >= Measure.MOST_FILTERS) {
        throw new IllegalArgumentException(
            "filter " + measure.filter() + " is not below " + Measure.MOST_FILTERS);
      }
      mask |= measure.filter() == Measure.ALL ? 0 : 1L << measure.filter();
    }
    return mask;
  }

  /** Whether a measure comes from a span's sums. */
  static boolean sums(Measure measure) {
    return switch (measure.kind()) {
      case DISTINCT, TIME_SINCE, FIRST_SEEN, IS_NEW, QUANTILE_RATIO -> false;
      default -> true;
    };
  }

  private static long tileMs(Span span) {
    long tile = TILES_MS[0];
    for (long candidate : TILES_MS) {
      tile = candidate * TILES_IN_WINDOW <= span.windowMs() ? candidate : tile;
    }
    return tile;
  }

  Layout layout() {
    return layout;
  }

  SeriesPlan series() {
    return series;
  }

  /** The event's tags that are kept, by their index in the event. */
  int[] tags() {
    return tags;
  }

  /** Where a tag stands among those that are kept. */
  int columnOf(int tag) {
    return Arrays.binarySearch(tags, tag);
  }

  List<TagPair> pairs() {
    return pairs;
  }

  List<Span> spans() {
    return spans;
  }

  SpanSeries spanSeries(int span) {
    return spanSeries.get(span);
  }

  int levels() {
    return levelsMs.length;
  }

  long tileMs(int level) {
    return levelsMs[level];
  }

  /** How far behind the newest event a level's tiles are kept. */
  long reachMs(int level) {
    return levelReachMs[level];
  }

  /** The span's level, or the next one that is kept as far back if the span's own is not. */
  int levelFor(int span, long timeMs, long newestMs) {
    long ageMs = newestMs - (timeMs - spans.get(span).reachMs());
    for (int level = levelOfSpan[span]; level < levelsMs.length; level++) {
      if (ageMs <= levelReachMs[level]) {
        return level;
      }
    }
    return levelOfSpan[span];
  }

  /** How long events count behind the newest. */
  long retentionMs() {
    return retentionMs;
  }

  long filterMask() {
    return filterMask;
  }

  /** Whether converted amounts are kept. */
  boolean base() {
    return base;
  }
}
