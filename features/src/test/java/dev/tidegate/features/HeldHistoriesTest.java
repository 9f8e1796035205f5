package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldHistoriesTest {
  private static final long DAY_MS = 86_400_000L;
  private static final int ENTITIES = 2_048;

  private final EntityWindows windows =
      new EntityWindows(
          new Layout(
              List.of(
                  new Measure(
                      Kind.COUNT, Money.NONE, Measure.ALL, Measure.NO_TAG, DAY_MS, 0, 0, true)),
              List.of(),
              List.of()));
  private final HeldHistories held = new HeldHistories(ENTITIES, 131_072);

  /** Number of the newest change of each key, and of the one that was written last. */
  private final Map<Object, Integer> changes = new HashMap<>();

  private final Map<Object, Integer> written = new HashMap<>();

  @Test
  void whatIsNotHeldIsWrittenAndFewOfThoseHeldAreNot() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      // Few keys come often and many now and then.
      int key = random.nextBoolean() ? random.nextInt(20) : random.nextInt(10_000);
      touch(key, i);
      assertThat(held.size()).isLessThanOrEqualTo(ENTITIES);
    }
    Set<Object> unwritten = new HashSet<>();
    changes.forEach(
        (key, change) -> {
          if (!change.equals(written.get(key))) {
            unwritten.add(key);
          }
        });
    assertThat(unwritten).hasSizeLessThanOrEqualTo(HeldHistories.UNWRITTEN);
    assertThat(unwritten).allMatch(key -> held.get(key) != null);
    for (var entry = held.nextUnwritten(); entry != null; entry = held.nextUnwritten()) {
      assertThat(unwritten.remove(entry.key())).isTrue();
    }
    assertThat(unwritten).isEmpty();
  }

  @Test
  void aKeyOfEachPaymentIsWrittenOnceInAWhile() {
    for (int i = 0; i < 10_000; i++) {
      touch(-1, i);
      touch(i % 500, i);
    }
    assertThat(written).doesNotContainKey(-1);
  }

  /** What a busy entity takes is its tiles: thousands of rows, not one ring more. */
  @Test
  void historiesWeighWhatTheirTilesTake() {
    List<Measure> measures = new ArrayList<>();
    for (Kind kind : List.of(Kind.DEVIATION, Kind.MAX, Kind.MIN, Kind.HOUR_SCORE)) {
      Money money = kind == Kind.HOUR_SCORE ? Money.NONE : Money.OWN;
      measures.add(new Measure(kind, money, Measure.ALL, Measure.NO_TAG, 50 * 60_000L, 0, 0, true));
    }
    EntityWindows busy = new EntityWindows(new Layout(measures, List.of(), List.of()));
    EntityHistory history = busy.empty();
    for (int i = 0; i < 7_200; i++) {
      Event event = new Event(i * 1_000L, i, new Amount(i, i, 1), 0, new long[0]);
      busy.add(history, event, new double[busy.size()]);
    }
    HeldHistories room = new HeldHistories(ENTITIES, 2_500);
    room.hold(new HeldHistories.Entry(1, 0, history, 0));
    assertThat(room.isFull()).as("one alone is held whatever it weighs").isFalse();
    room.hold(new HeldHistories.Entry(2, 0, history, 0));
    assertThat(room.isFull()).isTrue();
    room.release(room.get(1));
    assertThat(room.isFull()).isFalse();
  }

  private void touch(Object key, int change) {
    HeldHistories.Entry known = held.get(key);
    HeldHistories.Entry entry =
        known == null ? new HeldHistories.Entry(key, 0, windows.empty(), 0) : known;
    if (known == null) {
      held.hold(entry);
    }
    held.changed(entry);
    changes.put(key, change);
    HeldHistories.Entry surplus = held.surplus();
    if (surplus != null) {
      written.put(surplus.key(), changes.get(surplus.key()));
    }
    while (held.isFull()) {
      HeldHistories.Entry oldest = held.dropOldest();
      if (oldest != null) {
        written.put(oldest.key(), changes.get(oldest.key()));
      }
    }
  }
}
