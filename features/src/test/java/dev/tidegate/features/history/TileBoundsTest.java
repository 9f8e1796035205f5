package dev.tidegate.features.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * What a busy entity's tiles answer, against an oracle that keeps everything: each answer is that
 * of the definition over a window whose edges are off by no more than is stated.
 */
class TileBoundsTest {
  private static final long SECOND = 1_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long START = 1_600_000_000_123L;
  private static final long FINE_LATENESS = 5 * MINUTE;
  private static final Layout LAYOUT = new Layout(measures(), List.of("a"), List.of("x", "y"));

  private static List<Measure> measures() {
    List<Measure> all = new ArrayList<>();
    for (long window : new long[] {10 * MINUTE, 2 * HOUR, DAY, 30 * DAY}) {
      for (Kind kind : List.of(Kind.SUM, Kind.MAX, Kind.MIN, Kind.MEAN, Kind.DEVIATION)) {
        all.add(new Measure(kind, Money.OWN, Measure.ALL, -1, window, 0, 0, true));
      }
      all.add(new Measure(Kind.SUM, Money.BASE, 0, -1, window, 0, 0, false));
      all.add(new Measure(Kind.COUNT, Money.NONE, Measure.ALL, -1, window, 0, 0, true));
      all.add(new Measure(Kind.RISK, Money.NONE, Measure.ALL, -1, window, HOUR, 0, true));
      all.add(new Measure(Kind.FRAUDS, Money.NONE, 0, -1, window, HOUR, 0, true));
      all.add(new Measure(Kind.DISTINCT, Money.NONE, Measure.ALL, 0, window, 0, 0, true));
      all.add(new Measure(Kind.DISTINCT, Money.NONE, Measure.ALL, 0, window, 0, 0, false));
    }
    return List.copyOf(all);
  }

  @Property(tries = 4)
  void shouldBeOffByNoMoreThanIsStated(@ForAll long seed) {
    Random random = new Random(seed);
    EntityWindows windows = new EntityWindows(LAYOUT);
    StoredHistory stored = new StoredHistory(windows);
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    List<Event> sent = new ArrayList<>();
    double[] answers = new double[windows.size()];
    long pace = random.nextBoolean() ? 20 * SECOND : 40 * MINUTE;
    long timeMs = START;
    int tiled = 0;
    for (int i = 0; i < 1_800; i++) {
      timeMs += 1 + (long) (random.nextDouble() * pace);
      long late = random.nextInt(8) == 0 ? (long) (random.nextDouble() * DAY) : 0;
      Event event = next(random, timeMs - late, i);
      boolean flagged = windows.add(history, event, answers);
      stored.added(history, event);
      oracle.add(event, List.of());
      sent.add(event);
      if (i % 50 == 0 || (late > 0 && i > 600 && i % 6 == 0)) {
        tiled += flagged ? 1 : 0;
        assertBounded(oracle, sent, event, late, flagged, answers);
      }
      if (random.nextInt(3) == 0) {
        Event labelled = sent.get(random.nextInt(sent.size()));
        boolean fraud = random.nextInt(3) != 0;
        if (oracle.isFraud(labelled) != fraud) {
          windows.label(history, labelled, fraud);
          stored.labelled(history);
          oracle.label(labelled, fraud);
        }
      }
      if (random.nextInt(100) == 0) {
        history = stored.read();
      }
    }
    assertThat(tiled).isPositive();
  }

  private static Event next(Random random, long timeMs, int number) {
    long amount = random.nextLong(-500_00L, 50_000_00L);
    return new Event(
        timeMs,
        number * 0x9e3779b97f4a7c15L,
        new Amount(amount, random.nextInt(9) == 0 ? Amount.NO_BASE : amount / 3, 1),
        random.nextInt(2),
        new long[] {1 + random.nextInt(300), 1});
  }

  private static void assertBounded(
      Oracle oracle, List<Event> sent, Event event, long late, boolean flagged, double[] answers) {
    List<Measure> measures = LAYOUT.measures();
    for (int i = 0; i < answers.length; i++) {
      Measure measure = measures.get(i);
      if (measure.kind() == Kind.DISTINCT) {
        double exact = oracle.add(event, List.of(measure))[0];
        if (late == 0) {
          assertThat(answers[i]).as("%s of %d", measure, event.timeMs()).isEqualTo(exact);
        } else {
          assertThat(answers[i]).isLessThanOrEqualTo(exact);
        }
        continue;
      }
      double[] allowed = oracle.add(event, windows(sent, event, late, flagged, measure));
      double answer = answers[i];
      assertThat(Arrays.stream(allowed).anyMatch(value -> isSame(answer, value)))
          .as("%s of %d, late %d, flagged %s: %s", measure, event.timeMs(), late, flagged, answer)
          .isTrue();
    }
  }

  private static boolean isSame(double answer, double value) {
    return Double.compare(answer, value) == 0
        || Math.abs(answer - value) <= 1e-9 * Math.max(1, Math.abs(value));
  }

  /** The windows that an answer may be of: each edge at each event that it may be off by. */
  private static List<Measure> windows(
      List<Event> sent, Event event, long late, boolean flagged, Measure measure) {
    boolean fromNextLevel = late > FINE_LATENESS && measure.windowMs() < HOUR;
    long tile = fromNextLevel ? MINUTE : measure.windowMs() / 60;
    long toMs = event.timeMs() - measure.delayMs();
    long fromMs = toMs - measure.windowMs();
    boolean nearIsOff = flagged && (late > 0 || measure.delayMs() > 0);
    List<Measure> windows = new ArrayList<>();
    for (long from : edges(sent, flagged ? fromMs - tile : fromMs, fromMs)) {
      for (long to : edges(sent, nearIsOff ? toMs - tile : toMs, toMs)) {
        windows.add(
            new Measure(
                measure.kind(),
                measure.money(),
                measure.filter(),
                measure.tag(),
                to - from,
                event.timeMs() - to,
                0,
                measure.withItself()));
      }
    }
    return windows;
  }

  private static Set<Long> edges(List<Event> sent, long least, long most) {
    Set<Long> edges = new TreeSet<>(List.of(least, most));
    for (Event event : sent) {
      if (event.timeMs() > least && event.timeMs() < most) {
        edges.add(event.timeMs());
      }
    }
    return edges;
  }

  /**
   * Thousands of values: counts are estimates, and what is not known to be new is not called so.
   */
  @Property(tries = 6)
  void shouldEstimateManyValuesAndCallNoneNewThatIsNot(@ForAll long seed) {
    Random random = new Random(seed);
    Measure distinct = new Measure(Kind.DISTINCT, Money.NONE, Measure.ALL, 0, DAY, 0, 0, true);
    Measure isNew = new Measure(Kind.IS_NEW, Money.NONE, Measure.ALL, 0, DAY, 0, 0, false);
    EntityWindows windows =
        new EntityWindows(new Layout(List.of(distinct, isNew), List.of(), List.of("x")));
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    double[] answers = new double[2];
    long timeMs = START;
    int unknown = 0;
    int found = 0;
    for (int i = 0; i < 4_000; i++) {
      timeMs += 1 + random.nextInt((int) (20 * SECOND));
      long late = random.nextInt(10) == 0 ? random.nextInt((int) HOUR) : 0;
      long value = (1 + random.nextInt(1_500)) * 0x9e3779b97f4a7c15L;
      long mixed = (value ^ (value >>> 29)) * 0xbf58476d1ce4e5b9L;
      Event event =
          new Event(timeMs - late, i, new Amount(1, 1, 1), 0, new long[] {mixed ^ (mixed >>> 32)});
      windows.add(history, event, answers);
      oracle.add(event, List.of());
      if (i % 4 == 0) {
        double[] exact = oracle.add(event, List.of(distinct, isNew));
        if (Double.isNaN(answers[1])) {
          unknown++;
        } else {
          found++;
          assertThat(answers[1])
              .as("event %d, late %d, seed %d", i, late, seed)
              .isEqualTo(exact[1]);
        }
        if (late == 0) {
          assertThat(answers[0]).isBetween(exact[0] * 0.65, exact[0] * 1.35);
        }
      }
    }
    assertThat(unknown).isPositive();
    assertThat(found).isGreaterThan(unknown / 10);
  }

  /** When something was last is kept beside the tiles: one number a filter. */
  @Property(tries = 6)
  void shouldKnowTheTimeSinceOfEventsInOrderExactlyAmongTiles(@ForAll long seed) {
    Random random = new Random(seed);
    List<Measure> since =
        List.of(
            new Measure(Kind.TIME_SINCE, Money.NONE, Measure.ALL, -1, 0, 0, 0, false),
            new Measure(Kind.TIME_SINCE, Money.NONE, 0, -1, 0, 0, 0, false));
    EntityWindows windows = new EntityWindows(new Layout(since, List.of("a"), List.of()));
    StoredHistory stored = new StoredHistory(windows);
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    double[] answers = new double[2];
    long timeMs = START;
    int unknown = 0;
    int lateIsLast = 0;
    for (int i = 0; i < 3_000; i++) {
      timeMs += 1 + random.nextInt((int) (20 * SECOND));
      long late = random.nextInt(10) == 0 ? 1 + (long) (random.nextDouble() * DAY / 4) : 0;
      int passes = i < 100 || random.nextInt(700) == 0 || (late > 0 && i % 3 == 0) ? 1 : 0;
      Event event = new Event(timeMs - late, i, new Amount(1, 1, 1), passes, new long[0]);
      long ringMs = history.isTiled() ? history.tiles.newestMs : Long.MIN_VALUE;
      boolean flagged = windows.add(history, event, answers);
      stored.added(history, event);
      double[] exact = oracle.add(event, since);
      if (event.timeMs() >= ringMs) {
        assertThat(answers).as("event %d, seed %d", i, seed).isEqualTo(exact);
        lateIsLast += event.timeMs() - 1_000 * exact[1] < ringMs ? 1 : 0;
      } else {
        assertThat(flagged).isTrue();
        unknown += Double.isNaN(answers[1]) ? 1 : 0;
        for (int at = 0; at < exact.length; at++) {
          assertThat(answers[at]).isIn(exact[at], Double.NaN);
        }
      }
      if (random.nextInt(100) == 0) {
        history = stored.read();
      }
    }
    assertThat(unknown).as("late ones behind what passed").isPositive();
    assertThat(lateIsLast).as("answers of what left the ring").isPositive();
  }

  /**
   * What the issue of a month asks: 512 events in thirty days are exact, whatever was before. Tiles
   * of what is older, kept for late events and delayed windows, are not asked.
   */
  @Test
  void shouldBeExactWithAFullRingInThirtyDaysWhateverWasBefore() {
    Measure month = new Measure(Kind.COUNT, Money.OWN, Measure.ALL, -1, 30 * DAY, 0, 0, true);
    Measure labels = new Measure(Kind.RISK, Money.NONE, Measure.ALL, -1, DAY, 37 * DAY, 0, true);
    EntityWindows bare = new EntityWindows(new Layout(List.of(month), List.of(), List.of()));
    EntityWindows late =
        new EntityWindows(new Layout(List.of(month, labels), List.of(), List.of()));
    EntityHistory first = bare.empty();
    EntityHistory second = late.empty();
    double[] answers = new double[2];
    long step = 30 * DAY / EntityHistory.RING;
    for (int i = 0; i < 2_000; i++) {
      Event event = event(START + i * step, i);
      assertThat(bare.add(first, event, answers)).as("event %d", i).isFalse();
      assertThat(answers[0]).isEqualTo(Math.min(i + 1, EntityHistory.RING));
      late.add(second, event, answers);
      assertThat(answers[0]).isEqualTo(Math.min(i + 1, EntityHistory.RING));
    }
    assertThat(first.isTiled()).isTrue();
  }

  @Test
  void shouldKeepSecondsForTheWindowAndAFewMinutesOnly() {
    Measure minutes = new Measure(Kind.COUNT, Money.NONE, Measure.ALL, -1, 10 * MINUTE, 0, 0, true);
    Measure hours = new Measure(Kind.COUNT, Money.NONE, Measure.ALL, -1, HOUR, 0, 0, true);
    EntityWindows windows =
        new EntityWindows(new Layout(List.of(minutes, hours), List.of(), List.of()));
    EntityHistory history = windows.empty();
    double[] answers = new double[2];
    long seconds = 6 * HOUR / SECOND;
    for (int i = 0; i < seconds; i++) {
      windows.add(history, event(START + i * SECOND, i), answers);
    }
    assertThat(history.tiles.levels.get(0)[0].size()).isBetween(380, 15 * 60 + 2);
    assertThat(answers[0]).isBetween(600.0, 610.0);
    boolean tiled = windows.add(history, event(START + seconds * SECOND - HOUR, seconds), answers);
    assertThat(tiled).isTrue();
    assertThat(answers[0]).as("10 minutes, either edge off by a minute").isBetween(540.0, 660.0);
    assertThat(answers[1]).as("an hour, either edge off by a minute").isBetween(3540.0, 3660.0);
  }

  /** What left the ring is known by its tile alone: the second coming is flagged, and it counts. */
  @Test
  void shouldFlagARepeatOfWhatLeftTheRingAndCountItOnceMore() {
    Measure count = new Measure(Kind.COUNT, Money.NONE, Measure.ALL, -1, DAY, 0, 0, true);
    EntityWindows windows = new EntityWindows(new Layout(List.of(count), List.of(), List.of()));
    EntityHistory history = windows.empty();
    double[] answers = new double[1];
    for (int i = 0; i < 600; i++) {
      windows.add(history, event(START + i * SECOND, i), answers);
    }
    assertThat(windows.add(history, event(START + 599 * SECOND, 599), answers)).isTrue();
    assertThat(answers[0]).isEqualTo(600);
    assertThat(windows.add(history, event(START + 10 * SECOND, 10), answers)).isTrue();
    windows.add(history, event(START + 600 * SECOND, 600), answers);
    assertThat(answers[0]).isEqualTo(602);
  }

  @Test
  void shouldTakeBackAFraudOfWhatLeftTheRing() {
    Measure frauds = new Measure(Kind.FRAUDS, Money.NONE, Measure.ALL, -1, DAY, HOUR, 0, true);
    EntityWindows windows = new EntityWindows(new Layout(List.of(frauds), List.of(), List.of()));
    EntityHistory history = windows.empty();
    double[] answers = new double[1];
    for (int i = 0; i < 100; i++) {
      windows.add(history, event(START + i * SECOND, i), answers);
    }
    windows.label(history, event(START + 10 * SECOND, 10), true);
    windows.label(history, event(START + 20 * SECOND, 20), true);
    for (int i = 100; i < 1_000; i++) {
      windows.add(history, event(START + i * SECOND, i), answers);
    }
    windows.label(history, event(START + 30 * SECOND, 30), true);
    windows.add(history, event(START + 2 * HOUR, 2_000), answers);
    assertThat(answers[0]).isEqualTo(3);
    windows.label(history, event(START + 20 * SECOND, 20), false);
    windows.label(history, event(START + 30 * SECOND, 30), false);
    windows.add(history, event(START + 2 * HOUR + 1, 2_001), answers);
    assertThat(answers[0]).isEqualTo(1);
  }

  private static Event event(long timeMs, long id) {
    return new Event(timeMs, id, new Amount(1, 1, 1), 0, new long[0]);
  }
}
