package dev.tidegate.features.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A busy entity's history, read back with the events it took since, is the history. */
class StoredHistoryTest {
  private static final long HOUR = 3_600_000L;
  private static final int EVENTS = 900;
  private static final Layout LAYOUT =
      new Layout(
          List.of(
              new Measure(Kind.DEVIATION, Money.OWN, 1, -1, 24 * HOUR, 0, 0, true),
              new Measure(Kind.MAX, Money.BASE, Measure.ALL, -1, 720 * HOUR, 0, 0, true),
              new Measure(Kind.DISTINCT, Money.NONE, Measure.ALL, 1, 240 * HOUR, 0, 0, true),
              new Measure(Kind.RISK, Money.NONE, Measure.ALL, -1, 240 * HOUR, HOUR, 0, true),
              new Measure(Kind.HOUR_SCORE, Money.NONE, 0, -1, 720 * HOUR, 0, 0, false)),
          List.of("a", "b"),
          List.of("x", "y"));

  @Property(tries = 20)
  void shouldBeTheHistoryThatWasNeverStored(@ForAll long seed) {
    Random random = new Random(seed);
    EntityWindows windows = new EntityWindows(LAYOUT);
    HistoryCodec codec = windows.codec();
    StoredHistory stored = new StoredHistory(windows);
    EntityHistory history = windows.empty();
    List<Event> sent = new ArrayList<>();
    long timeMs = 1_600_000_000_000L;
    for (int i = 0; i < EVENTS; i++) {
      timeMs += random.nextInt(40) == 0 ? 40 * HOUR : random.nextInt((int) HOUR);
      Event event = next(random, timeMs, i);
      windows.add(history, event, new double[windows.size()]);
      stored.added(history, event);
      sent.add(event);
      if (random.nextInt(8) == 0) {
        windows.label(history, sent.get(random.nextInt(sent.size())), random.nextBoolean());
        stored.labelled(history);
      }
      if (random.nextInt(30) == 0) {
        EntityHistory read = stored.read();
        assertThat(codec.write(read))
            .as("seed %d, event %d", seed, i)
            .isEqualTo(codec.write(history));
        history = read;
      }
    }
  }

  private static Event next(Random random, long timeMs, int number) {
    long late = random.nextInt(6) == 0 ? (long) (random.nextDouble() * 50 * HOUR) : 0;
    long base = random.nextInt(9) == 0 ? Amount.NO_BASE : random.nextLong(1L << 40);
    int currency = random.nextInt(50) == 0 ? 2 : 1;
    return new Event(
        timeMs - late,
        number * 0x9e3779b97f4a7c15L,
        new Amount(random.nextLong(-1000, 1L << 50), base, currency),
        random.nextInt(4),
        new long[] {5, random.nextInt(300)});
  }
}
