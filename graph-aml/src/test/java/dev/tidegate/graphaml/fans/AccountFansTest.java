package dev.tidegate.graphaml.fans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** The kernel against an oracle that keeps every payment and recounts every window. */
class AccountFansTest {
  private static final long WINDOW = 1_000;
  private static final long RETENTION = 2_000;

  private record Step(long deltaMs, boolean incoming, int peer, long amount, boolean again) {}

  @Property(tries = 400)
  void shouldEqualRecountForAnyStream(@ForAll("streams") List<Step> steps) {
    HeapFanStore store = new HeapFanStore();
    AccountFans fans = new AccountFans(WINDOW, RETENTION);
    Oracle oracle = new Oracle();
    for (End end : ends(steps)) {
      assertThat(fans.add(store, end)).isEqualTo(oracle.add(end));
    }
  }

  @Provide
  Arbitrary<List<Step>> streams() {
    Arbitrary<Long> deltas =
        Arbitraries.frequencyOf(
            Tuple.of(40, Arbitraries.just(0L)),
            Tuple.of(100, Arbitraries.longs().between(0, 15)),
            Tuple.of(8, Arbitraries.longs().between(-900, 0)),
            Tuple.of(2, Arbitraries.longs().between(-4_000, 0)),
            Tuple.of(1, Arbitraries.longs().between(900, 6_000)));
    return Combinators.combine(
            deltas,
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 20),
            Arbitraries.longs().between(-500, 1_000_000_000_000L),
            Arbitraries.integers().between(0, 15).map(roll -> roll == 0))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(900);
  }

  private static List<End> ends(List<Step> steps) {
    List<End> ends = new ArrayList<>();
    long timeMs = 1_000_000;
    for (Step step : steps) {
      if (step.again && !ends.isEmpty()) {
        ends.add(ends.get((int) Math.floorMod(step.amount, (long) ends.size())));
      } else {
        timeMs += step.deltaMs;
        ends.add(new End(timeMs, step.incoming, step.peer << 1, step.amount, ends.size() << 1));
      }
    }
    return ends;
  }

  @Test
  void shouldStayExactOnAHub() {
    HeapFanStore store = new HeapFanStore();
    AccountFans fans = new AccountFans(WINDOW, RETENTION);
    Oracle oracle = new Oracle();
    Random random = new Random(11);
    long timeMs = 0;
    for (int i = 0; i < 10_000; i++) {
      timeMs += random.nextInt(3);
      long at = random.nextInt(20) == 0 ? timeMs - random.nextInt(1_500) : timeMs;
      End end =
          new End(
              at, random.nextInt(4) > 0, random.nextInt(300) << 1, random.nextInt(9_999), i << 1);
      assertThat(fans.add(store, end)).isEqualTo(oracle.add(end));
    }
    assertThat(store.chunkCount()).isLessThan(30);
  }

  @Test
  void shouldForgetPeersThatLeftTheWindow() {
    HeapFanStore store = new HeapFanStore();
    AccountFans fans = new AccountFans(WINDOW, RETENTION);
    for (int i = 0; i < 500; i++) {
      fans.add(store, new End(i, true, i << 1, 1, i << 1));
    }
    assertThat(store.peerCounters()).isEqualTo(500);
    Fans last = fans.add(store, new End(50_000, false, 8, 7, 8_000));
    assertThat(last).isEqualTo(new Fans(new Fans.Side(0, 0, 0), new Fans.Side(1, 1, 7)));
    assertThat(store.peerCounters()).isEqualTo(1);
    assertThat(store.chunkCount()).isEqualTo(1);
  }

  @Test
  void shouldReadAHeaderOfVersionOneAndRefuseAnother() {
    HeapFanStore store = new HeapFanStore();
    store.putHeader(new long[] {1, 500, 0, 0, 1, 1, 1, 0, 30, 0, 0, 0, 0});
    store.putChunk(0, new long[] {500, 5, 30, 3});
    store.putPeerCount(5, 1);
    AccountFans fans = new AccountFans(WINDOW, RETENTION);
    assertThat(fans.add(store, new End(600, true, 4, 12, 6)))
        .isEqualTo(new Fans(new Fans.Side(1, 2, 42), new Fans.Side(0, 0, 0)));
    store.putHeader(new long[] {2});
    assertThatThrownBy(() -> fans.add(store, new End(700, true, 4, 12, 8)))
        .hasMessageContaining("version 2");
  }

  private static final class Oracle {
    private final List<End> known = new ArrayList<>();
    private long newest = Long.MIN_VALUE / 2;

    Fans add(End end) {
      boolean forgotten = end.timeMs() <= newest - RETENTION;
      newest = Math.max(newest, end.timeMs());
      if (!forgotten && !known.contains(end)) {
        known.add(end);
      }
      known.removeIf(old -> old.timeMs() <= newest - RETENTION);
      List<End> seen =
          forgotten
              ? List.of(end)
              : known.stream()
                  .filter(old -> old.timeMs() > end.timeMs() - WINDOW)
                  .filter(old -> old.timeMs() <= end.timeMs())
                  .toList();
      return new Fans(side(seen, true), side(seen, false));
    }

    private static Fans.Side side(List<End> seen, boolean incoming) {
      List<End> half = seen.stream().filter(end -> end.incoming() == incoming).toList();
      return new Fans.Side(
          half.stream().map(End::peer).distinct().count(),
          half.size(),
          half.stream().mapToLong(End::amount).sum());
    }
  }
}
