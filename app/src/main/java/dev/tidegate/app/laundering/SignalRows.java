package dev.tidegate.app.laundering;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.graphaml.temporal.TimeWindow;
import dev.tidegate.schemas.money.MajorUnits;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What can be known of each payment when it is made (by the end of its day, where times are whole
 * days): the payment itself, and after it the graph's signals with their relations, the catalogue's
 * features, and what its ends got from and paid to the world outside. By the protocol that sees
 * later payments, also the graph's signals of time run backwards.
 */
final class SignalRows {
  /** Names of the payment's own values, which stand first. */
  static final List<String> OWN =
      List.of("amount", "channel", "currency", "hour", "minute_of_day", "day_of_week", "day");

  private static final int CHANNEL = OWN.indexOf("channel");
  private static final long LONGEST_DAYS = 30;
  private static final long MEMORY_DAYS = 400;
  private static final long DAY_MS = 86_400_000L;
  private static final long MINUTE_MS = 60_000L;
  private static final int MINUTES_PER_HOUR = 60;
  // 1 January 1970 was a Thursday.
  private static final int FIRST_DAY_OF_WEEK = 3;
  private static final int DAYS_PER_WEEK = 7;

  private final LaunderingSet set;
  private final GraphSettings settings;
  private final Map<Columns, List<String>> names = new EnumMap<>(Columns.class);
  private final Map<Columns, Integer> begins = new EnumMap<>(Columns.class);
  private final float[][] rows;
  private int width;

  /** Kinds of columns, in the order in which they stand. */
  enum Columns {
    /** The payment's own values. */
    OWN,
    /** The graph's signals and their relations. */
    GRAPH,
    /** The catalogue's features. */
    FEATURES,
    /** Flows from and to the world outside. */
    OUTSIDE,
    /** The graph's signals of time run backwards: what comes after the payment. */
    LATER
  }

  private SignalRows(LaunderingSet set, GraphSettings settings) {
    this.set = set;
    this.settings = settings;
    rows = new float[set.payments().size()][];
  }

  /** Asks the graph about every payment of a set, in its order, by the honest protocol. */
  static SignalRows of(LaunderingSet set, GraphSettings settings) throws IOException {
    return of(set, settings, CatalogueFeatures.none(), Protocol.HONEST);
  }

  /**
   * The same, with features beside the graph, by a protocol.
   *
   * @throws IOException if the features cannot be read
   */
  static SignalRows of(
      LaunderingSet set, GraphSettings settings, CatalogueFeatures features, Protocol protocol)
      throws IOException {
    SignalRows signals = new SignalRows(set, settings);
    signals.declare(features, protocol);
    signals.own();
    signals.graph(set, Columns.GRAPH);
    signals.features(features);
    if (protocol == Protocol.LEADERBOARD) {
      signals.graph(set.backwards(), Columns.LATER);
    }
    return signals;
  }

  private void declare(CatalogueFeatures features, Protocol protocol) {
    SignalLayout layout = new TemporalGraph(settings).layout();
    List<String> graph = new ArrayList<>(layout.names());
    graph.addAll(new Relations(settings, layout).names());
    declare(Columns.OWN, OWN);
    declare(Columns.GRAPH, graph);
    declare(Columns.FEATURES, features.names());
    declare(Columns.OUTSIDE, set.outside().names());
    boolean later = protocol == Protocol.LEADERBOARD;
    declare(Columns.LATER, later ? graph.stream().map(n -> "later_" + n).toList() : List.of());
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[width];
    }
  }

  private void declare(Columns kind, List<String> words) {
    names.put(kind, List.copyOf(words));
    begins.put(kind, width);
    width += words.size();
  }

  /**
   * The defaults with windows of 1, 7 and 30 days, no disorder, and accounts remembered for 400
   * days. Sets bring no rates: a unit of any currency counts as one of every other, 100 yen, which
   * have no minor unit, as 100.00 euros.
   */
  static GraphSettings settings(List<String> currencies) {
    return settings(currencies, false, false);
  }

  /**
   * The same, with signals of cycles of up to twelve payments and of trails where they are wanted.
   */
  static GraphSettings settings(
      List<String> currencies, boolean longerCycles, boolean followMoney) {
    GraphSettings defaults = GraphSettings.defaults();
    long day = TimeWindow.DAY.ms();
    CurrencyRule rule = defaults.currencies().get(0);
    return new GraphSettings(
        List.of(TimeWindow.DAY, TimeWindow.WEEK, new TimeWindow("30d", LONGEST_DAYS * day)),
        new GraphSettings.Horizons(0, MEMORY_DAYS * day, day),
        limits(defaults.limits(), longerCycles, followMoney),
        defaults.tolerance(),
        currencies.stream().map(code -> rule(code, rule)).toList());
  }

  private static CurrencyRule rule(String code, CurrencyRule of) {
    double rate = Math.pow(10, MajorUnits.digits(of.code()) - MajorUnits.digits(code));
    return new CurrencyRule(
        code,
        rate,
        Math.round(of.limitMinor() / rate),
        of.marginShare(),
        Math.round(of.roundMinor() / rate));
  }

  private static GraphSettings.Limits limits(
      GraphSettings.Limits limits, boolean longerCycles, boolean followMoney) {
    return new GraphSettings.Limits(
        limits.hubDegree(),
        longerCycles ? GraphSettings.MOST_HOPS : limits.cycleHops(),
        limits.searchSteps(),
        limits.listedPaths(),
        longerCycles,
        followMoney);
  }

  private void own() {
    boolean channel = set.channelCounts();
    int outside = begin(Columns.OUTSIDE);
    for (int i = 0; i < rows.length; i++) {
      own(set.payments().get(i), rows[i]);
      if (!channel) {
        rows[i][CHANNEL] = Float.NaN;
      }
      set.outside().fill(set.payments().get(i), rows[i], outside);
    }
  }

  /** Signals of the set itself, or of the same payments run backwards. */
  private void graph(LaunderingSet order, Columns kind) {
    CausalFeed feed = new CausalFeed(order, settings);
    Relations relations = new Relations(settings, feed.layout());
    int begin = begin(kind);
    int last = rows.length - 1;
    feed.each(
        (place, findings) -> {
          float[] row = rows[kind == Columns.LATER ? last - place : place];
          int at = begin;
          for (double value : findings.values()) {
            row[at++] = (float) value;
          }
          relations.fill(order.payments().get(place), findings.values(), row, at);
        });
  }

  private void features(CatalogueFeatures features) throws IOException {
    int begin = begin(Columns.FEATURES);
    features.each(
        set, (place, values) -> System.arraycopy(values, 0, rows[place], begin, values.length));
  }

  private int begin(Columns kind) {
    return Objects.requireNonNull(begins.get(kind));
  }

  private void own(LabelledPayment payment, float[] row) {
    long minute = Math.floorMod(payment.timeMs(), DAY_MS) / MINUTE_MS;
    long day = Math.floorDiv(payment.timeMs(), DAY_MS);
    row[0] = settings.currencies().get(payment.currency()).value(payment.amountMinor());
    row[1] = payment.channel();
    row[2] = payment.currency();
    row[3] = Math.toIntExact(minute / MINUTES_PER_HOUR);
    row[4] = minute;
    row[5] = Math.floorMod(day + FIRST_DAY_OF_WEEK, (long) DAYS_PER_WEEK);
    row[6] = dayOfMonth(day);
  }

  private static float dayOfMonth(long day) {
    return LocalDate.ofEpochDay(day).getDayOfMonth();
  }

  /** Whether there is any column of a kind. */
  boolean has(Columns kind) {
    return !names(kind).isEmpty();
  }

  /** Names of the values of some kinds, in their order. */
  List<String> names(Set<Columns> kinds) {
    return Arrays.stream(Columns.values())
        .filter(kinds::contains)
        .flatMap(kind -> names(kind).stream())
        .toList();
  }

  private List<String> names(Columns kind) {
    return Objects.requireNonNull(names.get(kind));
  }

  /** All values of one payment; not a number where there is none. */
  float[] row(int payment) {
    return rows[payment].clone();
  }

  /** Values of some kinds of one payment; not a number where there is none. */
  float[] row(int payment, Set<Columns> kinds) {
    float[] row = new float[names(kinds).size()];
    int at = 0;
    for (Columns kind : Columns.values()) {
      if (kinds.contains(kind)) {
        int count = names(kind).size();
        System.arraycopy(rows[payment], begin(kind), row, at, count);
        at += count;
      }
    }
    return row;
  }
}
