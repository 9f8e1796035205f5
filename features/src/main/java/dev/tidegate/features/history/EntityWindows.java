package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures over one entity's events: windows of any length, exact for each event while the entity
 * has at most {@value EntityHistory#RING} events in the time that is kept; from tiles beyond.
 *
 * <p><b>Cost</b> of an event, with n at most 512 rows in the ring: sums O(log n) a window by
 * differences of running sums; maxima O(log n) by a monotone stack; distinct values and quantiles
 * one walk, O(n); the last events O(1). The length of a window and the number of events an entity
 * ever had do not matter.
 *
 * <p><b>Order.</b> An event in order sees those before it. One out of order is inserted at its time
 * and sees what is known at its time or earlier. A repeat (same time, amount and id) gets the
 * answer of its first coming, as far as nothing came between, and counts once. One that is older
 * than what is kept sees itself alone, flagged, and leaves no trace. One so late that its window
 * reaches back behind what is kept, a day behind the longest window, is flagged too: it sees what
 * is left.
 *
 * <p><b>Silence.</b> An entity without events for {@link EntityHistory#FORGOTTEN_AFTER_MS} is new
 * again: no window reaches what was before, and first_seen and time_since begin anew.
 *
 * <p><b>Error</b> of a flagged answer: the far edge of a window takes the whole tile it cuts, which
 * is at most a sixtieth of the window; distinct values beyond 512 are estimated, see {@link
 * TagSample}; quantiles look at the newest 512 events; the near edge of a window with a delay, and
 * of a late event's window, leaves out the tile it cuts. For an event more than five minutes late,
 * windows below an hour are made of the next tiles that are kept, of a minute or more.
 *
 * <p>Amounts and results are minor units. Not thread safe: it works in arrays of its own.
 */
public final class EntityWindows {
  private static final double MS = 1000;
  private static final float[] NO_ROWS = {};

  private final HistoryPlan plan;
  private final List<Measure> measures;
  private final Sums[] sums;
  private final int[] spanOf;
  private final int[][] placesOf;
  private final List<TagScan> tagScans = new ArrayList<>();
  private final Quantiles quantiles = new Quantiles();
  private final @Nullable RecentRows recent;

  /** When an event that went to the tiles found that others had passed each filter. */
  private final long[] passedBeforeMs;

  /** Takes what is asked; the order of its measures is that of the answers. */
  public EntityWindows(Layout layout) {
    measures = layout.measures();
    plan = new HistoryPlan(layout);
    sums = new Sums[plan.spans().size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new Sums();
    }
    spanOf = measures.stream().mapToInt(this::spanOf).toArray();
    placesOf = measures.stream().map(plan.series()::placesOf).toArray(int[][]::new);
    StampTable seen = new StampTable();
    for (int pair = 0; pair < plan.pairs().size(); pair++) {
      tagScans.add(tagScan(pair, seen));
    }
    passedBeforeMs = new long[plan.series().filters() + 1];
    recent = layout.recent().isAsked() ? new RecentRows(plan) : null;
  }

  private int spanOf(Measure measure) {
    return HistoryPlan.sums(measure) ? plan.spans().indexOf(Span.of(measure)) : -1;
  }

  private TagScan tagScan(int pair, StampTable seen) {
    HistoryPlan.TagPair wanted = plan.pairs().get(pair);
    List<Measure> found = new ArrayList<>();
    int[] places = new int[measures.size()];
    for (int i = 0; i < measures.size(); i++) {
      Measure measure = measures.get(i);
      if (measure.tag() != Measure.NO_TAG
          && measure.filter() == wanted.filter()
          && plan.columnOf(measure.tag()) == wanted.tag()) {
        places[found.size()] = i;
        found.add(measure);
      }
    }
    return new TagScan(plan, pair, found, Arrays.copyOf(places, found.size()), seen);
  }

  /** Number of answers to an event. */
  public int size() {
    return measures.size();
  }

  /** A history without events. */
  public EntityHistory empty() {
    return new EntityHistory(plan);
  }

  /** A history in this layout: the same one, or one made from it if it was kept for another. */
  public EntityHistory adopt(EntityHistory history) {
    return history.plan.layout().equals(plan.layout())
        ? history
        : new Carrying(history.plan, plan).carry(history);
  }

  /** An event in this layout; of one kept for another, filters and tags that both know stay. */
  public Event adopt(Layout from, Event event) {
    return from.equals(plan.layout())
        ? event
        : new Carrying(new HistoryPlan(from), plan).event(event);
  }

  /** Writes single events as bytes and reads them back. */
  public EventBytes eventBytes() {
    return new EventBytes(plan);
  }

  /** Writes histories as bytes and reads them back. */
  public HistoryCodec codec() {
    return new HistoryCodec(plan);
  }

  /**
   * Adds an event and answers every measure as of it.
   *
   * @param answers takes {@link #size()} answers; NaN where there is none
   * @return whether some answer came from tiles, or is missing since not all events of its window
   *     were kept; if not, all are exact
   */
  public boolean add(EntityHistory history, Event event, double[] answers) {
    if (history.isAged(event.timeMs())) {
      EntityHistory alone = empty();
      answer(alone, event, alone.insert(event), answers);
      return true;
    }
    return addKept(history, event, answers);
  }

  /**
   * The last events as of the one that {@link #add} took last: the layout's columns, row after row,
   * the newest last; empty if the layout asks for no sequence.
   */
  public float[] recent() {
    return recent == null ? NO_ROWS : recent.values();
  }

  private boolean addKept(EntityHistory history, Event event, double[] answers) {
    int row = history.find(event);
    if (row == EntityHistory.NOWHERE) {
      System.arraycopy(history.lastPassedMs, 0, passedBeforeMs, 0, passedBeforeMs.length);
      row = insert(history, event);
    }
    return answer(history, event, row, answers);
  }

  /** The event's row, or NOWHERE if it went to the tiles. */
  private int insert(EntityHistory history, Event event) {
    if (history.isForgotten(event.timeMs())) {
      history.forget();
    }
    int row = history.insert(event);
    history.expire();
    noteTags(history, event);
    history.spill();
    if (row >= history.ring.first()) {
      return row;
    }
    history.notePassed(event);
    return EntityHistory.NOWHERE;
  }

  /**
   * Adds an event that changed this history when {@link #add} first took it: the same events in the
   * same order make the same history.
   */
  public void replay(EntityHistory history, Event event) {
    insert(history, event);
  }

  private void noteTags(EntityHistory history, Event event) {
    Tiles tiles = history.tiles;
    for (int i = 0; tiles != null && i < tagScans.size(); i++) {
      long value = tagOf(event, tagScans.get(i));
      if (value != Event.NO_VALUE) {
        tiles.samples[i].see(value, event.timeMs(), history.newestMs - plan.retentionMs());
      }
    }
  }

  /** The event's value of a scan's tag, if it passes the scan's filter. */
  private long tagOf(Event event, TagScan scan) {
    return event.passes(scan.filter())
        ? event.tag(plan.tags()[scan.column() - EntityHistory.TAGS])
        : Event.NO_VALUE;
  }

  /**
   * Notes what an event of the entity turned out to be. One that is not kept any more is let go.
   *
   * @param event the event as it was added
   * @param fraud what it is known as now, and was not before
   */
  public void label(EntityHistory history, Event event, boolean fraud) {
    int row = history.find(event);
    if (row != EntityHistory.NOWHERE) {
      history.label(row, fraud);
    } else {
      history.labelTiled(event, fraud);
    }
  }

  // ---- answers -------------------------------------------------------------------------------

  private boolean answer(EntityHistory history, Event event, int row, double[] out) {
    boolean tiled = false;
    for (int i = 0; i < sums.length; i++) {
      tiled |= sum(history, event, row, i);
    }
    for (int i = 0; i < spanOf.length; i++) {
      Measure measure = measures.get(i);
      if (measure.tag() == Measure.NO_TAG) {
        out[i] =
            spanOf[i] >= 0
                ? fromSpan(measure, history, event, i)
                : fromEvents(measure, history, event, row);
      }
      tiled |= isFlagged(measure, history, event, row);
    }
    for (TagScan scan : tagScans) {
      scan.answer(history, event.timeMs(), row, tagOf(event, scan), out);
    }
    if (recent != null) {
      tiled |= recent.take(history, event, row);
    }
    return tiled;
  }

  private static boolean isFlagged(Measure measure, EntityHistory history, Event event, int row) {
    if (measure.windowMs() == 0) {
      return measure.kind() == Kind.TIME_SINCE && row == EntityHistory.NOWHERE;
    }
    long fromMs = event.timeMs() - measure.windowMs() - measure.delayMs();
    return history.reachesTiles(fromMs) || history.lacks(fromMs) || history.isCut(fromMs);
  }

  /** Fills one span's sums; says whether tiles were asked. */
  private boolean sum(EntityHistory history, Event event, int row, int index) {
    Span span = plan.spans().get(index);
    Sums into = sums[index];
    into.clear();
    Rows ring = history.ring;
    long fromMs = event.timeMs() - span.reachMs();
    int low = ring.atOrBefore(fromMs);
    int high = high(ring, event, row, span);
    if (high > low) {
      if (history.mixed && span.money() == Money.OWN) {
        scan(history, index, event.currency(), low, high);
      } else {
        into.add(ring, plan.spanSeries(index), low, high);
        into.raise(ring, plan.spanSeries(index), low, high, history.firstPeak());
      }
    }
    Tiles tiles = history.tiles;
    if (tiles == null || fromMs >= tiles.newestMs) {
      return false;
    }
    tiles.addTo(into, index, event, history.newestMs);
    return true;
  }

  private static int high(Rows ring, Event event, int row, Span span) {
    if (span.delayMs() > 0) {
      return ring.atOrBefore(event.timeMs() - span.delayMs());
    }
    if (row == EntityHistory.NOWHERE) {
      return ring.first() - 1;
    }
    return span.withItself() ? row : row - 1;
  }

  /** Sums of one currency where the ring holds several. */
  private void scan(EntityHistory history, int index, int currency, int low, int high) {
    Rows ring = history.ring;
    Span span = plan.spans().get(index);
    Sums into = sums[index];
    for (int row = Math.max(low + 1, ring.first()); row <= high; row++) {
      if (ring.value(EntityHistory.CURRENCY, row) == currency
          && history.passes(row, span.filter())) {
        into.add(ring.value(EntityHistory.AMOUNT, row));
        into.frauds += ring.value(EntityHistory.FRAUD, row);
      }
    }
  }

  private double fromSpan(Measure measure, EntityHistory history, Event event, int at) {
    long fromMs = event.timeMs() - measure.windowMs() - measure.delayMs();
    boolean missing =
        history.lacks(fromMs)
            || (history.tiles != null
                && fromMs < history.tiles.newestMs
                && !history.tiles.hold(placesOf[at], spanOf[at], event, history.newestMs));
    return missing
        ? Double.NaN
        : fromSums(measure.kind(), event, measure.money(), sums[spanOf[at]]);
  }

  private static double fromSums(Kind kind, Event event, Money money, Sums sums) {
    return switch (kind) {
      case COUNT -> sums.count;
      case SUM -> sums.sum;
      case MEAN -> sums.mean();
      case DEVIATION -> sums.deviation();
      case MAX -> sums.maximum();
      case MIN -> sums.minimum();
      case Z_SCORE -> zScore(amount(event, money), sums);
      case HOUR_DISTANCE -> Periodic.distanceHours(event.timeMs(), sums);
      case HOUR_SCORE -> Periodic.score(event.timeMs(), sums);
      case FRAUDS -> sums.frauds;
      case RISK -> sums.count == 0 ? 0 : (double) sums.frauds / sums.count;
      default -> throw new IllegalStateException(kind + " does not come from sums");
    };
  }

  private static double zScore(double amount, Sums sums) {
    double deviation = sums.deviation();
    return deviation > 0 ? (amount - sums.mean()) / deviation : Double.NaN;
  }

  private static double amount(Event event, Money money) {
    boolean base = money == Money.BASE;
    return base && event.base() == Amount.NO_BASE
        ? Double.NaN
        : (double) (base ? event.base() : event.amount());
  }

  private double fromEvents(Measure measure, EntityHistory history, Event event, int row) {
    return switch (measure.kind()) {
      case FIRST_SEEN -> (event.timeMs() - Math.min(history.firstSeenMs, event.timeMs())) / MS;
      case QUANTILE_RATIO -> quantileRatio(measure, history, event, row);
      default -> timeSince(measure, history, event, row);
    };
  }

  /** Where the window reaches the tiles, the ring is full: the newest events are what it takes. */
  private double quantileRatio(Measure measure, EntityHistory history, Event event, int row) {
    long fromMs = event.timeMs() - measure.windowMs();
    return history.lacks(fromMs) && !history.reachesTiles(fromMs)
        ? Double.NaN
        : amount(event, measure.money()) / quantiles.over(measure, history, event, row);
  }

  /**
   * Time since the event before that passes the filter. It is known of an event in order, whatever
   * left the ring; of one that came so late that it went to the tiles, only if none after it passed
   * the filter there: else NaN.
   */
  private double timeSince(Measure measure, EntityHistory history, Event event, int row) {
    Rows ring = history.ring;
    int at = measure.filter() + 1;
    long previousMs = row == EntityHistory.NOWHERE ? passedBeforeMs[at] : history.lastPassedMs[at];
    for (int i = row - 1; row != EntityHistory.NOWHERE && i >= ring.first(); i--) {
      if (history.passes(i, measure.filter())) {
        previousMs = ring.time(i);
        break;
      }
    }
    long ageMs = event.timeMs() - previousMs;
    boolean known = previousMs != Long.MIN_VALUE && previousMs <= event.timeMs();
    boolean within = measure.windowMs() == 0 || ageMs < measure.windowMs();
    return known && within ? ageMs / MS : Double.NaN;
  }
}
