package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which running sums and peaks the measures of one entity need, for each filter, and what an event
 * adds to them. Filter {@link Measure#ALL} stands first. Immutable.
 */
final class SeriesPlan {
  /** What can be summed or peaked, for one filter. */
  enum Series {
    COUNT,
    FRAUDS,
    COSINE,
    SINE,
    OWN_SUM,
    OWN_SQUARES,
    BASE_COUNT,
    BASE_SUM,
    BASE_SQUARES,
    OWN_MAX,
    OWN_MIN,
    BASE_MAX,
    BASE_MIN;

    boolean isPeak() {
      return compareTo(OWN_MAX) >= 0;
    }

    boolean isPair() {
      return this == OWN_SQUARES || this == BASE_SQUARES;
    }
  }

  /** One series of one filter; a peak's place is among the peaks. */
  record Place(int filter, Series series, int at) {}

  static final int NONE = -1;

  private final List<Place> places = new ArrayList<>();
  private final List<Map<Series, Integer>> at = new ArrayList<>();
  private final int[] pairs;
  private final boolean hours;
  private int sums;
  private int peaks;

  SeriesPlan(List<Measure> measures) {
    int filters = 1 + measures.stream().mapToInt(Measure::filter).max().orElse(Measure.ALL) + 1;
    for (int i = 0; i < filters; i++) {
      at.add(new EnumMap<>(Series.class));
    }
    List<Integer> upper = new ArrayList<>();
    for (Measure measure : measures) {
      for (Series series : needs(measure)) {
        add(measure.filter(), series, upper);
      }
    }
    pairs = upper.stream().mapToInt(Integer::intValue).toArray();
    hours = places.stream().anyMatch(place -> place.series == Series.COSINE);
  }

  private void add(int filter, Series series, List<Integer> upper) {
    if (of(filter, series) != NONE) {
      return;
    }
    int place = series.isPeak() ? peaks++ : sums++;
    if (series.isPair()) {
      upper.add(place);
      sums++;
    }
    at.get(filter + 1).put(series, place);
    places.add(new Place(filter, series, place));
  }

  private static List<Series> needs(Measure measure) {
    boolean base = measure.money() == Money.BASE;
    Series count = base ? Series.BASE_COUNT : Series.COUNT;
    Series sum = base ? Series.BASE_SUM : Series.OWN_SUM;
    return switch (measure.kind()) {
      case COUNT -> List.of(count);
      case SUM, MEAN -> List.of(count, sum);
      case DEVIATION, Z_SCORE ->
          List.of(count, sum, base ? Series.BASE_SQUARES : Series.OWN_SQUARES);
      case MAX -> List.of(count, base ? Series.BASE_MAX : Series.OWN_MAX);
      case MIN -> List.of(count, base ? Series.BASE_MIN : Series.OWN_MIN);
      case HOUR_DISTANCE, HOUR_SCORE -> List.of(count, Series.COSINE, Series.SINE);
      case FRAUDS, RISK -> List.of(count, Series.FRAUDS);
      case DISTINCT, TIME_SINCE, FIRST_SEEN, IS_NEW, QUANTILE_RATIO -> List.of();
    };
  }

  /** What a measure reads, by index among {@link #places}. */
  int[] placesOf(Measure measure) {
    return needs(measure).stream().mapToInt(series -> indexOf(measure.filter(), series)).toArray();
  }

  /** Index of a series of one filter among {@link #places}; NONE if it is not needed. */
  int indexOf(int filter, Series series) {
    return places.indexOf(new Place(filter, series, of(filter, series)));
  }

  List<Place> places() {
    return places;
  }

  int sums() {
    return sums;
  }

  int peaks() {
    return peaks;
  }

  int[] pairs() {
    return pairs;
  }

  int filters() {
    return at.size() - 1;
  }

  /** Place of a series among the sums, or of a peak among the peaks; NONE if not needed. */
  int of(int filter, Series series) {
    return at.get(filter + 1).getOrDefault(series, NONE);
  }

  /** Writes what an event adds to each sum. */
  void sums(Event event, boolean fraud, long[] out) {
    Arrays.fill(out, 0, sums, 0);
    long cosine = hours ? Periodic.cosine(event.timeMs()) : 0;
    long sine = hours ? Periodic.sine(event.timeMs()) : 0;
    for (Place place : places) {
      if (place.series.isPeak() || !event.passes(place.filter)) {
        continue;
      }
      switch (place.series) {
        case COUNT -> out[place.at] = 1;
        case FRAUDS -> out[place.at] = fraud ? 1 : 0;
        case COSINE -> out[place.at] = cosine;
        case SINE -> out[place.at] = sine;
        case OWN_SUM -> out[place.at] = event.amount();
        case OWN_SQUARES -> square(event.amount(), out, place.at);
        default -> base(place, event.base(), out);
      }
    }
  }

  private static void base(Place place, long base, long[] out) {
    if (base == Amount.NO_BASE) {
      return;
    }
    switch (place.series) {
      case BASE_COUNT -> out[place.at] = 1;
      case BASE_SUM -> out[place.at] = base;
      default -> square(base, out, place.at);
    }
  }

  private static void square(long amount, long[] out, int at) {
    out[at] = Math.multiplyHigh(amount, amount);
    out[at + 1] = amount * amount;
  }

  /** Writes an event's peak values from a place on; Long.MIN_VALUE where it does not count. */
  void peaks(Event event, long[] out, int from) {
    for (Place place : places) {
      if (place.series.isPeak()) {
        out[from + place.at] = event.passes(place.filter) ? peak(place.series, event) : NOTHING;
      }
    }
  }

  /** Peak of an event that does not count. */
  static final long NOTHING = Long.MIN_VALUE;

  private static long peak(Series series, Event event) {
    return switch (series) {
      case OWN_MAX -> event.amount();
      case OWN_MIN -> -event.amount();
      case BASE_MAX -> event.base() == Amount.NO_BASE ? NOTHING : event.base();
      default -> event.base() == Amount.NO_BASE ? NOTHING : -event.base();
    };
  }
}
