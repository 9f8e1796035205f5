package dev.tidegate.features.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The kernel against an oracle that keeps every event and recomputes every window. */
class SlidingWindowsTest {
  private static final long[] WINDOWS = {60, 1_000, 7_000};
  private static final long RETENTION = 8_000;

  private record Event(long timeMs, long amount, long id) {}

  /** A step in time from the event before, an amount, and whether an earlier event comes again. */
  private record Step(long deltaMs, long amount, boolean again) {}

  @Property(tries = 400)
  void shouldEqualRecomputationForAnyStream(@ForAll("streams") List<Step> steps) {
    HeapChunkStore store = new HeapChunkStore();
    SlidingWindows windows = new SlidingWindows(WINDOWS, RETENTION);
    Oracle oracle = new Oracle();
    for (Event event : events(steps)) {
      assertSame(windows.add(store, event.timeMs, event.amount, event.id), oracle.add(event));
    }
  }

  @Provide
  Arbitrary<List<Step>> streams() {
    Arbitrary<Long> deltas =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(40, Arbitraries.just(0L)),
            net.jqwik.api.Tuple.of(100, Arbitraries.longs().between(0, 20)),
            net.jqwik.api.Tuple.of(10, Arbitraries.longs().between(-3_000, 0)),
            net.jqwik.api.Tuple.of(2, Arbitraries.longs().between(-20_000, 0)),
            net.jqwik.api.Tuple.of(1, Arbitraries.longs().between(5_000, 30_000)));
    Arbitrary<Long> amounts =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-500, 100_000),
            Arbitraries.just(0L),
            Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE));
    Arbitrary<Boolean> again = Arbitraries.integers().between(0, 15).map(roll -> roll == 0);
    return Combinators.combine(deltas, amounts, again)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(1_500);
  }

  private static List<Event> events(List<Step> steps) {
    List<Event> events = new ArrayList<>();
    long timeMs = 1_000_000;
    for (Step step : steps) {
      if (step.again && !events.isEmpty()) {
        events.add(events.get((int) Math.floorMod(step.amount, (long) events.size())));
      } else {
        timeMs += step.deltaMs;
        events.add(new Event(timeMs, step.amount, events.size()));
      }
    }
    return events;
  }

  @Test
  void shouldStayExactOnAHotKeyWithDisorder() {
    HeapChunkStore store = new HeapChunkStore();
    SlidingWindows windows = new SlidingWindows(WINDOWS, RETENTION);
    Oracle oracle = new Oracle();
    Random random = new Random(7);
    long timeMs = 0;
    for (int i = 0; i < 12_000; i++) {
      timeMs += random.nextInt(3);
      long at = random.nextInt(10) == 0 ? timeMs - random.nextInt(2_000) : timeMs;
      Event event = new Event(at, random.nextInt(100_000) - 1_000, i);
      assertSame(windows.add(store, event.timeMs, event.amount, event.id), oracle.add(event));
    }
    assertThat(store.chunkCount()).isBetween(30, 120);
  }

  @Test
  void shouldHoldManyEventsOfOneTimeAndKnowARepeat() {
    HeapChunkStore store = new HeapChunkStore();
    SlidingWindows windows = new SlidingWindows(WINDOWS, RETENTION);
    for (int i = 0; i < 1_000; i++) {
      assertThat(windows.add(store, 5_000, 10, i)[0].count()).isEqualTo(i + 1);
    }
    assertThat(windows.add(store, 5_000, 10, 3)[0].count()).isEqualTo(1_000);
  }

  @Test
  void shouldDropWhatIsOutOfRetention() {
    HeapChunkStore store = new HeapChunkStore();
    SlidingWindows windows = new SlidingWindows(WINDOWS, RETENTION);
    for (int i = 0; i < 5_000; i++) {
      windows.add(store, i, 1, i);
    }
    assertThat(store.chunkCount()).isPositive();
    Aggregate[] last = windows.add(store, 100_000, 5, 9_999);
    assertThat(last[2]).isEqualTo(new Aggregate(1, 0, 5, 5));
    assertThat(store.chunkCount()).isZero();
  }

  @Test
  void shouldReadAHeadOfVersionOne() {
    HeapChunkStore store = new HeapChunkStore();
    store.putHead(new long[] {1, 0, 2_000, 0, 2, 1_990, 40, 11, 2_000, -10, 12});
    Aggregate[] known = new SlidingWindows(WINDOWS, RETENTION).add(store, 2_010, 30, 13);
    assertThat(known[0]).isEqualTo(new Aggregate(3, 0, 60, 40));
    assertThat(known[0].mean()).isEqualTo(20.0);
  }

  @Test
  void shouldRefuseAHeadOfAnotherVersion() {
    HeapChunkStore store = new HeapChunkStore();
    store.putHead(new long[] {2, 0, 2_000, 0, 0});
    SlidingWindows windows = new SlidingWindows(WINDOWS, RETENTION);
    assertThatThrownBy(() -> windows.add(store, 3_000, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void shouldRefuseWindowsThatDoNotAscend() {
    assertThatThrownBy(() -> new SlidingWindows(new long[] {5, 5}, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlidingWindows(new long[] {5, 20}, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertSame(Aggregate[] actual, List<Expected> expected) {
    for (int i = 0; i < expected.size(); i++) {
      Aggregate window = actual[i];
      BigInteger sum =
          BigInteger.valueOf(window.sumHigh())
              .shiftLeft(32)
              .add(BigInteger.valueOf(window.sumLow()));
      assertThat(new Expected(window.count(), sum, window.max())).isEqualTo(expected.get(i));
    }
  }

  private record Expected(long count, BigInteger sum, long max) {}

  private static final class Oracle {
    private final List<Event> known = new ArrayList<>();
    private long newest = Long.MIN_VALUE / 2;

    List<Expected> add(Event event) {
      boolean forgotten = event.timeMs <= newest - RETENTION;
      newest = Math.max(newest, event.timeMs);
      if (!forgotten && !known.contains(event)) {
        known.add(event);
      }
      known.removeIf(old -> old.timeMs <= newest - RETENTION);
      List<Expected> windows = new ArrayList<>();
      for (long length : WINDOWS) {
        windows.add(
            forgotten
                ? of(List.of(event))
                : of(known.stream().filter(old -> in(old, event.timeMs, length)).toList()));
      }
      return windows;
    }

    private static boolean in(Event old, long timeMs, long length) {
      return old.timeMs > timeMs - length && old.timeMs <= timeMs;
    }

    private static Expected of(List<Event> events) {
      BigInteger sum =
          events.stream()
              .map(event -> BigInteger.valueOf(event.amount))
              .reduce(BigInteger.ZERO, BigInteger::add);
      return new Expected(
          events.size(), sum, events.stream().mapToLong(Event::amount).max().orElseThrow());
    }
  }
}
