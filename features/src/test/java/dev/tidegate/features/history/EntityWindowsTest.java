package dev.tidegate.features.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The kernel against an oracle that keeps everything. */
class EntityWindowsTest {
  private static final long MINUTE = 60_000L;
  private static final long DAY = 1_440 * MINUTE;
  private static final int FILTERS = 2;
  private static final List<Measure> MEASURES = measures();

  private static Layout layout(List<Measure> measures) {
    return new Layout(measures, List.of("a", "b"), List.of("x", "y", "z"));
  }

  /** Every kind, over own and converted amounts, with and without filter, delay and itself. */
  private static List<Measure> measures() {
    List<Measure> all = new ArrayList<>();
    for (long window : new long[] {10 * MINUTE, DAY, 30 * DAY}) {
      for (int filter = Measure.ALL; filter < FILTERS; filter++) {
        for (Kind kind : Kind.values()) {
          addKind(all, kind, filter, window);
        }
      }
    }
    all.add(new Measure(Kind.TIME_SINCE, Money.NONE, Measure.ALL, -1, 0, 0, 0, false));
    all.add(new Measure(Kind.TIME_SINCE, Money.NONE, 1, -1, 0, 0, 0, false));
    return List.copyOf(all);
  }

  private static void addKind(List<Measure> all, Kind kind, int filter, long window) {
    switch (kind) {
      case COUNT -> {
        all.add(new Measure(kind, Money.NONE, filter, -1, window, 0, 0, true));
        all.add(new Measure(kind, Money.OWN, filter, -1, window, DAY, 0, true));
        all.add(new Measure(kind, Money.BASE, filter, -1, window, 0, 0, false));
      }
      case SUM, MEAN, DEVIATION, MAX, MIN, Z_SCORE -> {
        all.add(new Measure(kind, Money.OWN, filter, -1, window, 0, 0, true));
        all.add(new Measure(kind, Money.OWN, filter, -1, window, 0, 0, false));
        all.add(new Measure(kind, Money.BASE, filter, -1, window, 2 * DAY, 0, true));
        all.add(new Measure(kind, Money.BASE, filter, -1, window, 0, 0, true));
      }
      case QUANTILE_RATIO -> {
        all.add(new Measure(kind, Money.OWN, filter, -1, window, 0, 0.5, false));
        all.add(new Measure(kind, Money.BASE, filter, -1, window, 0, 0.9, true));
      }
      case DISTINCT, IS_NEW, TIME_SINCE -> {
        all.add(new Measure(kind, Money.NONE, filter, 0, window, 0, 0, true));
        all.add(new Measure(kind, Money.NONE, filter, 2, window, 0, 0, false));
      }
      case FIRST_SEEN -> all.add(new Measure(kind, Money.NONE, filter, -1, 0, 0, 0, true));
      case HOUR_DISTANCE, HOUR_SCORE ->
          all.add(new Measure(kind, Money.NONE, filter, -1, window, 0, 0, false));
      case FRAUDS, RISK ->
          all.add(new Measure(kind, Money.NONE, filter, -1, window, 7 * DAY, 0, true));
    }
  }

  @Property(tries = 60)
  void shouldEqualTheOracleInAnyOrderWithRepeatsAndLabels(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 150) int events) {
    Random random = new Random(seed);
    EntityWindows windows = new EntityWindows(layout(MEASURES));
    StoredHistory stored = new StoredHistory(windows);
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    List<Event> sent = new ArrayList<>();
    long timeMs = 1_600_000_000_000L;
    double[] answers = new double[windows.size()];
    // Steps of up to two days: events leave every window, and what is kept.
    long step = random.nextInt(3) == 0 ? 2 * DAY : DAY / 4;
    for (int i = 0; i < events; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : (long) (random.nextDouble() * step);
      Event event = next(random, sent, timeMs, i);
      boolean tiled = windows.add(history, event, answers);
      stored.added(history, event);
      sent.add(event);
      assertThat(tiled).isFalse();
      assertEqual(answers, oracle.add(event, MEASURES), seed, i);
      if (random.nextInt(5) == 0) {
        Event labelled = sent.get(random.nextInt(sent.size()));
        boolean fraud = random.nextInt(4) != 0;
        windows.label(history, labelled, fraud);
        stored.labelled(history);
        oracle.label(labelled, fraud);
      }
      if (random.nextInt(3) == 0) {
        history = stored.read();
      }
    }
  }

  private static Event next(Random random, List<Event> sent, long timeMs, int number) {
    int draw = random.nextInt(20);
    if (draw == 0 && !sent.isEmpty()) {
      return sent.get(sent.size() - 1);
    }
    long late = draw < 4 ? (long) (random.nextDouble() * DAY) : 0;
    long amount = random.nextInt(6) == 0 ? 100_00 : random.nextLong(-50_000_00L, 50_000_000_00L);
    long base = random.nextInt(2) == 0 ? amount : amount / 3;
    return new Event(
        timeMs - late,
        number * 0x9e3779b97f4a7c15L,
        new Amount(
            random.nextInt(9) == 0 ? 0 : amount,
            random.nextInt(9) == 0 ? Amount.NO_BASE : base,
            random.nextInt(6) == 0 ? 2 : 1),
        random.nextInt(1 << FILTERS),
        new long[] {random.nextInt(5), 77, random.nextInt(40) * 0x9e3779b97f4a7c15L});
  }

  private static void assertEqual(double[] answers, double[] expected, long seed, int event) {
    for (int i = 0; i < answers.length; i++) {
      Measure measure = MEASURES.get(i);
      String what = measure + " of event " + event + ", seed " + seed;
      switch (measure.kind()) {
        case DEVIATION, Z_SCORE, HOUR_DISTANCE, HOUR_SCORE -> {
          if (Double.isNaN(expected[i])) {
            assertThat(answers[i]).as(what).isNaN();
          } else {
            double share = measure.kind() == Kind.HOUR_SCORE ? 1e-3 : 1e-6;
            double allowed = share * Math.max(1, Math.abs(expected[i]));
            assertThat(answers[i]).as(what).isCloseTo(expected[i], within(allowed));
          }
        }
        default ->
            assertThat(Double.valueOf(answers[i])).as(what).isEqualTo(Double.valueOf(expected[i]));
      }
    }
  }

  @Property(tries = 12)
  void shouldBoundTheErrorOfTiles(@ForAll long seed) {
    Random random = new Random(seed);
    List<Measure> counts =
        List.of(
            new Measure(Kind.COUNT, Money.NONE, -1, -1, 60 * MINUTE, 0, 0, true),
            new Measure(Kind.COUNT, Money.NONE, -1, -1, DAY, 0, 0, true),
            new Measure(Kind.COUNT, Money.OWN, -1, -1, 30 * DAY, 0, 0, true),
            new Measure(Kind.COUNT, Money.NONE, -1, -1, DAY, 2 * DAY, 0, true));
    EntityWindows windows = new EntityWindows(layout(counts));
    HistoryCodec codec = windows.codec();
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    double[] answers = new double[counts.size()];
    long timeMs = 1_600_000_000_123L;
    boolean everTiled = false;
    for (int i = 0; i < 2_500; i++) {
      timeMs += (long) (random.nextDouble() * 40 * MINUTE);
      Event event = new Event(timeMs, i, new Amount(i, i, 1), 0, new long[0]);
      boolean tiled = windows.add(history, event, answers);
      oracle.add(event, List.of());
      everTiled |= tiled;
      for (int m = 0; m < answers.length; m++) {
        assertBounded(oracle, counts.get(m), timeMs, answers[m], tiled);
      }
      if (i % 100 == 0) {
        history = codec.read(codec.write(history));
      }
    }
    assertThat(everTiled).isTrue();
    assertThat(history.size()).isLessThanOrEqualTo(EntityHistory.RING);
  }

  @Property(tries = 8)
  void shouldAnswerARepeatAsItsFirstComingAlsoFromTiles(@ForAll long seed) {
    Random random = new Random(seed);
    EntityWindows windows = new EntityWindows(layout(MEASURES));
    HistoryCodec codec = windows.codec();
    EntityHistory history = windows.empty();
    double[] first = new double[windows.size()];
    double[] again = new double[windows.size()];
    long timeMs = 1_600_000_000_000L;
    boolean everTiled = false;
    for (int i = 0; i < 1_500; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : (long) (random.nextDouble() * 30 * MINUTE);
      Event event = next(random, List.of(), timeMs, i);
      boolean tiled = windows.add(history, event, first);
      everTiled |= tiled;
      if (i % 50 == 0) {
        history = codec.read(codec.write(history));
      }
      if (event.timeMs() == timeMs) {
        assertThat(windows.add(history, event, again)).isEqualTo(tiled);
        assertThat(again).as("event %d, seed %d", i, seed).isEqualTo(first);
      }
    }
    assertThat(everTiled).isTrue();
  }

  /** Daily for two months, then one that is late: cut where the history ends, and flagged. */
  @Test
  void shouldFlagTheCutWindowOfOneThatIsLateByMoreThanADay() {
    long startMs = 1_600_000_000_000L;
    long newestMs = startMs + 59 * DAY;

    assertThat(lateBy(startMs, newestMs - DAY / 2)).containsExactly(31, 0);
    assertThat(lateBy(startMs, newestMs - 5 * DAY - DAY / 2)).containsExactly(26, 1);
    assertThat(lateBy(startMs, newestMs - 40 * DAY)).as("not kept any more").containsExactly(1, 1);
    assertThat(lateBy(newestMs - 10 * DAY, newestMs - 5 * DAY - DAY / 2))
        .as("a young entity, all of it kept")
        .containsExactly(6, 0);
  }

  /** Payments within 30 days of a late one, and 1 if it is flagged, where others came daily. */
  private static List<Integer> lateBy(long startMs, long lateMs) {
    Measure count = new Measure(Kind.COUNT, Money.NONE, Measure.ALL, -1, 30 * DAY, 0, 0, true);
    EntityWindows windows = new EntityWindows(layout(List.of(count)));
    EntityHistory history = windows.empty();
    double[] answers = new double[1];
    long endMs = 1_600_000_000_000L + 59 * DAY;
    for (long timeMs = startMs; timeMs <= endMs; timeMs += DAY) {
      assertThat(windows.add(history, event(timeMs), answers)).isFalse();
    }
    boolean flagged = windows.add(history, event(lateMs), answers);
    return List.of((int) answers[0], flagged ? 1 : 0);
  }

  private static Event event(long timeMs) {
    return new Event(timeMs, timeMs, new Amount(100, Amount.NO_BASE, 1), 0, new long[] {1, 1, 1});
  }

  private static void assertBounded(
      Oracle oracle, Measure measure, long timeMs, double answer, boolean tiled) {
    long toMs = timeMs - measure.delayMs();
    long slack = tiled ? measure.windowMs() / 60 : 0;
    long nearSlack = measure.delayMs() == 0 ? 0 : slack;
    long most = oracle.countWithin(toMs - measure.windowMs() - slack, toMs);
    long least = oracle.countWithin(toMs - measure.windowMs(), toMs - nearSlack);
    assertThat((long) answer).as(measure + " at " + timeMs).isBetween(least, most);
  }

  /** What the oracle, which keeps everything, cannot tell. */
  @Test
  void shouldBeNewAgainAfterALongSilenceAndAtNoTimeBefore() {
    long silence = EntityHistory.FORGOTTEN_AFTER_MS;
    for (long pause : new long[] {silence, silence + 1}) {
      EntityWindows windows = new EntityWindows(layout(MEASURES));
      EntityHistory history = windows.empty();
      StoredHistory stored = new StoredHistory(windows);
      double[] answers = new double[windows.size()];
      long timeMs = 1_600_000_000_000L;
      for (int i = 0; i < 600; i++) { // beyond the ring
        timeMs += MINUTE;
        Event event = at(timeMs, i);
        windows.add(history, event, answers);
        stored.added(history, event);
      }
      long newestMs = history.newestMs();
      Event after = at(newestMs + pause, 1_000);
      windows.add(history, after, answers);
      stored.added(history, after);
      double[] alone = new double[windows.size()];
      windows.add(windows.empty(), after, alone);

      int firstSeen = placeOf(Kind.FIRST_SEEN, 0);
      if (pause == silence) {
        assertThat(answers[firstSeen]).isGreaterThanOrEqualTo(pause / 1000.0);
        assertThat(answers).isNotEqualTo(alone);
      } else {
        assertThat(answers).isEqualTo(alone);
        assertThat(history.isTiled()).isFalse();
      }
      EntityHistory again = stored.read();
      double[] next = new double[windows.size()];
      double[] nextAgain = new double[windows.size()];
      Event last = at(after.timeMs() + MINUTE, 1_001);
      windows.add(history, last, next);
      windows.add(again, last, nextAgain);
      assertThat(nextAgain).as("read from what was stored").isEqualTo(next);
    }
  }

  private static Event at(long timeMs, int number) {
    Amount amount = new Amount(100 + number, 100 + number, 1);
    return new Event(timeMs, number, amount, 3, new long[] {number % 5, 77, number % 40 + 1});
  }

  private static int placeOf(Kind kind, long windowMs) {
    for (int i = 0; i < MEASURES.size(); i++) {
      if (MEASURES.get(i).kind() == kind && MEASURES.get(i).windowMs() == windowMs) {
        return i;
      }
    }
    throw new IllegalArgumentException(kind + " is not asked");
  }
}
