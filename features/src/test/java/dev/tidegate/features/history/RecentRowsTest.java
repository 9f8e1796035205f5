package dev.tidegate.features.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The last events against an oracle that keeps everything. */
class RecentRowsTest {
  private static final long MINUTE = 60_000L;
  private static final long DAY = 1_440 * MINUTE;
  private static final long START = 1_600_000_000_000L;

  /** A short window beside the sequence, so that the sequence alone keeps most events. */
  private static final List<Measure> MEASURES =
      List.of(
          new Measure(
              Kind.COUNT, Money.NONE, Measure.ALL, Measure.NO_TAG, 60 * MINUTE, 0, 0, true));

  private static final List<Recent.Column> COLUMNS =
      List.of(
          column(Recent.What.AGE, Measure.NO_TAG),
          column(Recent.What.SAME, 2),
          column(Recent.What.AMOUNT, Measure.NO_TAG),
          column(Recent.What.HOUR_OF_DAY, Measure.NO_TAG),
          column(Recent.What.BASE_AMOUNT, Measure.NO_TAG),
          column(Recent.What.SAME, 0),
          column(Recent.What.DAY_OF_WEEK, Measure.NO_TAG));

  private static Recent.Column column(Recent.What what, int tag) {
    return new Recent.Column(what, tag);
  }

  private static EntityWindows windows(Recent recent) {
    return new EntityWindows(new Layout(MEASURES, List.of(), List.of("x", "y", "z"), recent));
  }

  @Property(tries = 200)
  void shouldEqualTheOracleInAnyOrderWithRepeatsAndLabels(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 32) int length,
      @ForAll @IntRange(min = 1, max = 120) int events) {
    Random random = new Random(seed);
    Recent wanted = new Recent(length, COLUMNS);
    EntityWindows windows = windows(wanted);
    StoredHistory stored = new StoredHistory(windows);
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    List<Event> sent = new ArrayList<>();
    double[] answers = new double[windows.size()];
    long timeMs = START;
    for (int i = 0; i < events; i++) {
      timeMs += pause(random);
      Event event = next(random, sent, timeMs, i);
      assertThat(windows.add(history, event, answers)).isFalse();
      stored.added(history, event);
      sent.add(event);
      oracle.add(event, List.of());
      assertThat(windows.recent())
          .as("event %d, seed %d", i, seed)
          .isEqualTo(oracle.recent(event, wanted));
      if (random.nextInt(8) == 0) {
        windows.label(history, sent.get(random.nextInt(sent.size())), true);
        stored.labelled(history);
      }
      if (random.nextInt(3) == 0) {
        history = stored.read();
      }
    }
  }

  /** Often none, now and then longer than a sequence reaches. */
  private static long pause(Random random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> 0;
      case 3 -> (long) (random.nextDouble() * 31 * DAY);
      default -> (long) (random.nextDouble() * DAY);
    };
  }

  private static Event next(Random random, List<Event> sent, long timeMs, int number) {
    int draw = random.nextInt(20);
    if (draw == 0 && !sent.isEmpty()) {
      return sent.get(sent.size() - 1);
    }
    long late = draw < 5 ? (long) (random.nextDouble() * DAY) : 0;
    long amount = random.nextLong(-50_000_00L, 50_000_000_00L);
    long base = random.nextInt(4) == 0 ? Amount.NO_BASE : amount / 3;
    return new Event(
        timeMs - late,
        number * 0x9e3779b97f4a7c15L,
        new Amount(random.nextInt(9) == 0 ? 0 : amount, base, random.nextInt(6) == 0 ? 2 : 1),
        0,
        new long[] {random.nextInt(3), 77, random.nextInt(20) * 0x9e3779b97f4a7c15L});
  }

  /** A busy entity: those in order are exact, a late one says so where the ring had to let go. */
  @Property(tries = 10)
  void shouldStayExactForABusyEntityAndFlagWhatIsCutShort(@ForAll long seed) {
    Random random = new Random(seed);
    Recent wanted = new Recent(32, COLUMNS);
    EntityWindows windows = windows(wanted);
    EntityHistory history = windows.empty();
    Oracle oracle = new Oracle();
    double[] answers = new double[windows.size()];
    long timeMs = START;
    int cut = 0;
    for (int i = 0; i < 1_500; i++) {
      timeMs += (long) (random.nextDouble() * 2 * MINUTE);
      long late = random.nextInt(6) == 0 ? (long) (random.nextDouble() * DAY) : 0;
      Event event = new Event(timeMs - late, i, new Amount(i, i, 1), 0, new long[] {1, 1, 1});
      boolean tiled = windows.add(history, event, answers);
      oracle.add(event, List.of());
      float[] expected = oracle.recent(event, wanted);
      float[] rows = windows.recent();
      if (rows.length < expected.length) {
        assertThat(tiled).isTrue();
        assertThat(late).isPositive();
        cut++;
      }
      float[] newest = Arrays.copyOfRange(expected, expected.length - rows.length, expected.length);
      assertThat(rows).as("event %d, seed %d", i, seed).isEqualTo(newest);
      assertThat(windows.add(history, event, answers)).isEqualTo(tiled);
      assertThat(windows.recent()).as("the repeat of event %d", i).isEqualTo(rows);
    }
    assertThat(cut).isPositive();
    assertThat(history.isTiled()).isTrue();
  }

  @Test
  void shouldStandAloneWhenItIsOlderThanWhatIsKept() {
    EntityWindows windows = windows(new Recent(32, List.of(COLUMNS.get(0), COLUMNS.get(2))));
    EntityHistory history = windows.empty();
    double[] answers = new double[windows.size()];
    windows.add(history, event(START, 100), answers);
    boolean tiled = windows.add(history, event(START - 40 * DAY, 200), answers);
    assertThat(tiled).isTrue();
    assertThat(windows.recent()).containsExactly(0, 200);
    windows.add(history, event(START + MINUTE, 300), answers);
    assertThat(windows.recent()).containsExactly(60, 100, 0, 300);
  }

  @Test
  void shouldGiveNoRowsWhereNoneAreAskedFor() {
    EntityWindows windows = windows(Recent.NONE);
    windows.add(windows.empty(), event(START, 100), new double[windows.size()]);
    assertThat(windows.recent()).isEmpty();
  }

  private static Event event(long timeMs, long amount) {
    return new Event(timeMs, timeMs, new Amount(amount, amount, 1), 0, new long[3]);
  }
}
