package dev.tidegate.features.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Histories that go on under another layout. */
class CarryingTest {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long START = 1_600_000_000_123L;
  private static final List<String> FILTERS = List.of("a", "b");
  private static final List<String> TAGS = List.of("x", "y");
  private static final String[] CURRENCIES = {"EUR", "USD", "JPY", "XXX"};
  private static final Rates RATES =
      Rates.parse("{base: EUR, date: 2026-01-02, rates: {USD: 1.17, JPY: 183.5}}", "rates");

  private static Layout layout(Measure... measures) {
    return new Layout(List.of(measures), FILTERS, TAGS);
  }

  private static Measure measure(Kind kind, Money money, long windowMs) {
    return new Measure(kind, money, Measure.ALL, Measure.NO_TAG, windowMs, 0, 0, true);
  }

  private static Measure filtered(Kind kind, int filter, long windowMs) {
    return new Measure(kind, Money.NONE, filter, Measure.NO_TAG, windowMs, 0, 0, true);
  }

  private static Measure tagged(Kind kind, int filter, int tag, long windowMs) {
    return new Measure(kind, Money.NONE, filter, tag, windowMs, 0, 0, true);
  }

  private static EntityHistory carried(
      EntityWindows from, EntityHistory history, EntityWindows to) {
    return to.adopt(from.codec().read(from.codec().write(history)));
  }

  /** What a payment is worth is not kept where nobody asks for it: its own amount is no answer. */
  @Property(tries = 20)
  void shouldNotTakeOwnAmountsForConvertedOnes(@ForAll long seed) {
    Random random = new Random(seed);
    EntityWindows old = new EntityWindows(layout(measure(Kind.SUM, Money.OWN, DAY)));
    Layout wider =
        layout(
            measure(Kind.SUM, Money.OWN, DAY),
            measure(Kind.SUM, Money.BASE, DAY),
            measure(Kind.COUNT, Money.BASE, DAY),
            measure(Kind.MEAN, Money.BASE, DAY));
    EntityWindows windows = new EntityWindows(wider);
    EntityHistory history = old.empty();
    Oracle oracle = new Oracle();
    for (int i = 0; i < 40; i++) {
      Event event = priced(random, i);
      old.add(history, event, new double[old.size()]);
      oracle.add(unpriced(event), List.of());
    }
    EntityHistory carried = carried(old, history, windows);
    for (int i = 40; i < 60; i++) { // events that stand beside a history in the state
      Event event = priced(random, i);
      EventBytes bytes = old.eventBytes();
      windows.replay(
          carried,
          windows.adopt(layout(measure(Kind.SUM, Money.OWN, DAY)), bytes.read(bytes.write(event))));
      oracle.add(unpriced(event), List.of());
    }
    double[] answers = new double[windows.size()];
    for (int i = 60; i < 120; i++) {
      Event event = priced(random, i);
      windows.add(carried, event, answers);
      assertThat(answers).isEqualTo(oracle.add(event, wider.measures()));
      if (random.nextInt(4) == 0) {
        carried = windows.codec().read(windows.codec().write(carried));
      }
    }
  }

  private static Event priced(Random random, int number) {
    String currency = CURRENCIES[random.nextInt(CURRENCIES.length)];
    long minor = random.nextLong(1, 100_000_00L);
    Amount amount = new Amount(minor, RATES.toBaseMinor(minor, currency), currency.codePointAt(0));
    return new Event(START + number * (20 * MINUTE), number, amount, 0, new long[] {1, 1});
  }

  private static Event unpriced(Event event) {
    Amount amount = new Amount(event.amount(), Amount.NO_BASE, event.currency());
    return new Event(event.timeMs(), event.id(), amount, 0, new long[] {1, 1});
  }

  /** Tiles that lack a series say so until they hold a whole window of it. */
  @Property(tries = 8)
  void shouldMissWhatTilesLackUntilTheyHoldAWholeWindow(@ForAll long seed) {
    Random random = new Random(seed);
    EntityWindows old = new EntityWindows(layout(measure(Kind.COUNT, Money.OWN, DAY)));
    Layout wider =
        layout(
            measure(Kind.COUNT, Money.OWN, DAY),
            measure(Kind.MEAN, Money.OWN, DAY),
            measure(Kind.DEVIATION, Money.OWN, DAY),
            measure(Kind.MAX, Money.OWN, DAY),
            measure(Kind.MIN, Money.OWN, DAY),
            measure(Kind.HOUR_DISTANCE, Money.NONE, DAY));
    EntityWindows windows = new EntityWindows(wider);
    EntityHistory history = old.empty();
    List<Event> sent = new ArrayList<>();
    long timeMs = START;
    for (int i = 0; i < 1_500; i++) {
      timeMs += 1 + random.nextInt((int) (2 * MINUTE));
      sent.add(event(random, timeMs, i));
      old.add(history, sent.get(i), new double[old.size()]);
    }
    EntityHistory carried = carried(old, history, windows);
    long tilesEndMs = history.tiles.newestMs;
    double[] answers = new double[windows.size()];
    int missing = 0;
    int answered = 0;
    while (timeMs < tilesEndMs + 3 * DAY) {
      timeMs += 1 + random.nextInt((int) (2 * MINUTE));
      Event event = event(random, timeMs, sent.size());
      sent.add(event);
      windows.add(carried, event, answers);
      assertThat(answers[0]).isBetween(least(sent, timeMs), most(sent, timeMs));
      if (Double.isNaN(answers[1])) {
        assertThat(timeMs).isLessThan(tilesEndMs + DAY + DAY / 60);
        assertThat(answers).endsWith(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        missing++;
      } else {
        assertThat(timeMs).isGreaterThan(tilesEndMs + DAY);
        assertAmongWindows(sent, timeMs, answers);
        answered++;
      }
      if (random.nextInt(200) == 0) {
        carried = windows.codec().read(windows.codec().write(carried));
      }
    }
    assertThat(missing).isPositive();
    assertThat(answered).isPositive();
  }

  /**
   * A longer window than the old layout kept is missing, and flagged, until all of it was kept;
   * then it is exact. What the old layout kept answers at once.
   */
  @Property(tries = 20)
  void shouldMissALongerWindowUntilItIsWhole(@ForAll long seed) {
    Random random = new Random(seed);
    Measure day = measure(Kind.COUNT, Money.OWN, DAY);
    Measure days = measure(Kind.COUNT, Money.OWN, 2 * DAY);
    Layout layout =
        layout(day, tagged(Kind.DISTINCT, Measure.ALL, 0, DAY), filtered(Kind.COUNT, 0, DAY));
    EntityWindows old = new EntityWindows(layout);
    Layout wider = layout(longer(day, days));
    EntityWindows windows = new EntityWindows(wider);
    EntityHistory history = old.empty();
    Oracle oracle = new Oracle();
    long timeMs = START;
    for (int i = 0; i < 60; i++) {
      timeMs += 1 + random.nextInt((int) (4 * HOUR));
      Event event = event(random, timeMs, i);
      old.add(history, event, new double[old.size()]);
      oracle.add(event, List.of());
    }
    assertThat(timeMs - START).isGreaterThan(2 * DAY);
    EntityHistory carried = carried(old, history, windows);
    long changedMs = timeMs;
    double[] answers = new double[windows.size()];
    int missing = 0;
    for (int i = 60; timeMs < changedMs + 9 * DAY; i++) {
      timeMs += 1 + random.nextInt((int) (4 * HOUR));
      Event event = event(random, timeMs, i);
      boolean flagged = windows.add(carried, event, answers);
      double[] exact = oracle.add(event, wider.measures());
      boolean whole = timeMs - 7 * DAY >= changedMs - 2 * DAY;
      assertThat(flagged).as("event %d", i).isEqualTo(!whole);
      for (int at = 0; at < exact.length; at++) {
        boolean isLong = at > 1;
        boolean known =
            !isLong || whole || isKnown(wider.measures().get(at), exact[at], answers[at]);
        assertThat(answers[at])
            .as("%s of event %d", wider.measures().get(at), i)
            .isEqualTo(Double.valueOf(known ? exact[at] : Double.NaN));
        missing += known ? 0 : 1;
      }
      carried = windows.codec().read(windows.codec().write(carried));
    }
    assertThat(missing).isGreaterThan(50);
  }

  private static Measure[] longer(Measure... before) {
    List<Measure> all = new ArrayList<>(List.of(before));
    for (Kind kind : List.of(Kind.COUNT, Kind.SUM, Kind.MEAN, Kind.DEVIATION, Kind.MAX)) {
      all.add(measure(kind, Money.OWN, 7 * DAY));
    }
    all.add(filtered(Kind.COUNT, 0, 7 * DAY));
    all.add(tagged(Kind.DISTINCT, Measure.ALL, 0, 7 * DAY));
    all.add(tagged(Kind.IS_NEW, Measure.ALL, 0, 7 * DAY));
    all.add(new Measure(Kind.RISK, Money.NONE, Measure.ALL, Measure.NO_TAG, 6 * DAY, DAY, 0, true));
    all.add(
        new Measure(
            Kind.QUANTILE_RATIO, Money.OWN, Measure.ALL, Measure.NO_TAG, 7 * DAY, 0, 0.5, true));
    return all.toArray(Measure[]::new);
  }

  /** A value that was seen again is not new, whatever is missing before. */
  private static boolean isKnown(Measure measure, double exact, double answer) {
    return measure.kind() == Kind.IS_NEW && exact == 0 && answer == 0;
  }

  /** Nothing is missing of an entity that is younger than what the old layout kept. */
  @Test
  void shouldAnswerALongerWindowAtOnceWhereNothingWasLetGo() {
    EntityWindows old = new EntityWindows(layout(measure(Kind.COUNT, Money.OWN, DAY)));
    EntityWindows windows = new EntityWindows(layout(measure(Kind.COUNT, Money.OWN, 30 * DAY)));
    EntityHistory history = old.empty();
    for (int i = 0; i < 40; i++) {
      old.add(history, plain(START + i * HOUR, i), new double[1]);
    }
    EntityHistory carried = carried(old, history, windows);
    double[] answers = new double[1];
    assertThat(windows.add(carried, plain(START + 40 * HOUR, 40), answers)).isFalse();
    assertThat(answers).containsExactly(41);
  }

  /** The same among tiles, with the error that they have. */
  @Test
  void shouldMissALongerWindowOfABusyEntityUntilItIsWhole() {
    Measure day = measure(Kind.COUNT, Money.OWN, DAY);
    EntityWindows old = new EntityWindows(layout(day));
    EntityWindows windows = new EntityWindows(layout(day, measure(Kind.COUNT, Money.OWN, 5 * DAY)));
    EntityHistory history = old.empty();
    int before = 6_000;
    for (int i = 0; i < before; i++) {
      old.add(history, plain(START + i * MINUTE, i), new double[1]);
    }
    EntityHistory carried = carried(old, history, windows);
    double[] answers = new double[2];
    int whole = before + (int) (3 * DAY / MINUTE);
    for (int i = before; i < whole + 1_440; i++) {
      assertThat(windows.add(carried, plain(START + i * MINUTE, i), answers)).isTrue();
      assertThat(answers[0]).as("event %d", i).isBetween(1_440.0, 1_464.0);
      if (i < whole - 1) {
        assertThat(answers[1]).as("event %d", i).isNaN();
      } else if (i > whole) {
        assertThat(answers[1]).as("event %d", i).isBetween(7_200.0, 7_320.0);
      }
      if (i % 500 == 0) {
        carried = windows.codec().read(windows.codec().write(carried));
      }
    }
  }

  private static Event event(Random random, long timeMs, int number) {
    long amount = random.nextLong(1, 1_000_00L);
    long[] tags = {1 + random.nextInt(400), 1 + random.nextInt(4)};
    return new Event(timeMs, number, new Amount(amount, amount, 1), random.nextInt(4), tags);
  }

  private static double least(List<Event> sent, long timeMs) {
    return sent.stream().filter(event -> event.timeMs() > timeMs - DAY).count();
  }

  private static double most(List<Event> sent, long timeMs) {
    return sent.stream().filter(event -> event.timeMs() > timeMs - DAY - DAY / 60).count();
  }

  /** Mean, deviation and maximum of one window whose edge is off by at most a sixtieth. */
  private static void assertAmongWindows(List<Event> sent, long timeMs, double[] answers) {
    int newest = (int) answers[0];
    Oracle oracle = new Oracle();
    List<Event> window = sent.subList(sent.size() - newest, sent.size());
    window.forEach(event -> oracle.add(event, List.of()));
    List<Measure> whole =
        List.of(
            measure(Kind.MEAN, Money.OWN, 0),
            measure(Kind.DEVIATION, Money.OWN, 0),
            measure(Kind.MAX, Money.OWN, 0),
            measure(Kind.MIN, Money.OWN, 0));
    if (timeMs % 7 == 0) { // each costs the oracle its whole window
      double[] expected = oracle.add(window.get(newest - 1), whole);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(answers[i + 1] - expected[i])).isLessThan(1e-9 * expected[i]);
      }
    }
  }

  /** A short window's tiles cannot be made of a long one's. */
  @Test
  void shouldMissAWindowThatCoarserTilesCannotGive() {
    Measure month = measure(Kind.COUNT, Money.OWN, 30 * DAY);
    Measure halfDay = measure(Kind.COUNT, Money.OWN, 12 * HOUR);
    EntityWindows old = new EntityWindows(layout(month));
    EntityWindows windows = new EntityWindows(layout(month, halfDay));
    EntityHistory history = old.empty();
    for (int i = 0; i < 3_000; i++) {
      old.add(history, plain(START + i * MINUTE, i), new double[1]);
    }
    EntityHistory carried = carried(old, history, windows);
    double[] answers = new double[2];
    for (int i = 3_000; i < 4_000; i++) {
      windows.add(carried, plain(START + i * MINUTE, i), answers);
      assertThat(answers[0]).isEqualTo(i + 1.0);
      if (i < 3_000 + 720 - 512) {
        assertThat(answers[1]).as("event %d", i).isNaN();
      } else if (i > 3_000 + 720 - 512 + 10) {
        assertThat(answers[1]).as("event %d", i).isBetween(720.0, 732.0);
      }
    }
  }

  /** A filter that another entity had all along is new to this one. */
  @Test
  void shouldBeginAFilterThatTheEntityDidNotHaveWithTheNextEvent() {
    Measure count = measure(Kind.COUNT, Money.OWN, DAY);
    EntityWindows old = new EntityWindows(layout(count));
    EntityWindows windows = new EntityWindows(layout(count, filtered(Kind.COUNT, 1, DAY)));
    EntityHistory history = old.empty();
    for (int i = 0; i < 1_000; i++) {
      old.add(history, plain(START + i * MINUTE, i), new double[1]);
    }
    EntityHistory carried = carried(old, history, windows);
    double[] answers = new double[2];
    windows.add(carried, plain(START + 1_000 * MINUTE, 1_000), answers);
    assertThat(answers).containsExactly(1_001, 1);
  }

  /**
   * A tag that was kept for another question: what the ring holds is known, what left it is not.
   */
  @Test
  void shouldMissValuesThatLeftTheRingBeforeTheirTagWasAskedFor() {
    Measure all = tagged(Kind.DISTINCT, Measure.ALL, 1, DAY);
    Measure some = tagged(Kind.DISTINCT, 1, 0, DAY);
    EntityWindows old =
        new EntityWindows(
            layout(all, filtered(Kind.COUNT, 1, DAY), tagged(Kind.IS_NEW, 0, 0, DAY)));
    EntityWindows windows =
        new EntityWindows(
            layout(all, filtered(Kind.COUNT, 1, DAY), some, tagged(Kind.IS_NEW, 1, 0, DAY)));
    EntityHistory history = old.empty();
    for (int i = 0; i < 1_000; i++) {
      old.add(history, plain(START + i * MINUTE, i), new double[3]);
    }
    EntityHistory carried = carried(old, history, windows);
    double[] answers = new double[4];
    windows.add(carried, valued(START + 1_000 * MINUTE, 1_000, 350), answers);
    assertThat(answers[3]).as("a value that left the ring").isNaN();
    for (int i = 1_001; i < 3_000; i++) {
      windows.add(carried, plain(START + i * MINUTE, i), answers);
      assertThat(answers[3]).as("event %d", i).isZero();
      if (i < 487 + 1_440) {
        assertThat(answers[2]).as("event %d", i).isNaN();
      } else {
        assertThat(answers[2]).as("event %d", i).isEqualTo(i < 2_440 ? 301 : 300);
      }
      if (i == 1_500) {
        carried = windows.codec().read(windows.codec().write(carried));
      }
    }
  }

  /** One of 300 values; the first 200 events have some of 50 others. */
  private static Event plain(long timeMs, int number) {
    return valued(timeMs, number, number < 200 ? 301 + number % 50 : 1 + number % 300);
  }

  private static Event valued(long timeMs, int number, int value) {
    return new Event(timeMs, number, new Amount(1, 1, 1), 3, new long[] {value, 7});
  }
}
