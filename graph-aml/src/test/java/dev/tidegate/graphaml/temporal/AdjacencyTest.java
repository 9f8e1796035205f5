package dev.tidegate.graphaml.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rings in the arena against plain lists, while blocks grow, shrink and are moved together. */
class AdjacencyTest {
  private static final int STEPS = 100_000;

  private record Entry(long timeMs, int peer, long value, long id) {}

  /** Small pages, so that they are emptied and used again all the time. */
  @ParameterizedTest
  @CsvSource({"5, 30, 60", "6, 90, 300", "7, 200, 2000", "8, 400, 5000", "10, 900, 20000"})
  void shouldKeepEveryEntryWhereverItsBlockIsMoved(int pageBits, int accounts, long keptMs) {
    Adjacency adjacency = new Adjacency(pageBits);
    adjacency.reserve(accounts - 1);
    List<List<Entry>> model = new ArrayList<>();
    for (int i = 0; i < 2 * accounts; i++) {
      model.add(new ArrayList<>());
    }
    Random random = new Random(pageBits);
    long newestMs = 1_700_000_000_000L;
    for (int step = 0; step < STEPS; step++) {
      // Busy and quiet times, and an account with far more than the others.
      newestMs += step % 20_000 < 10_000 ? random.nextInt(2) : random.nextInt(8);
      int account = random.nextInt(5) == 0 ? 0 : random.nextInt(accounts);
      int side = random.nextInt(2);
      List<Entry> entries = model.get(2 * account + side);
      long borderMs = newestMs - keptMs;
      adjacency.trim(account, side, (int) newestMs, keptMs);
      entries.removeIf(entry -> entry.timeMs() < borderMs);
      long late = random.nextInt(10) == 0 ? random.nextLong(keptMs / 10) : 0;
      Entry entry = new Entry(newestMs - late, random.nextInt(9), random.nextInt(1_000), step);
      long word = Ring.wordOf(entry.timeMs(), entry.peer(), false, false);
      adjacency.insert(account, side, (int) newestMs, word, entry.value(), entry.id());
      insert(entries, entry);
      adjacency.settle();
      if (step % 500 == 0) {
        compare(adjacency, model, newestMs);
      }
    }
    long entries = model.stream().mapToLong(List::size).sum();
    // 20 bytes an entry of the mean side, its room, the gaps, and a fixed part.
    assertThat(adjacency.bytes()).isLessThan(entries * 20 * 13 / 10 + 150_000);
  }

  private static void insert(List<Entry> entries, Entry entry) {
    int at = entries.size();
    while (at > 0 && entries.get(at - 1).timeMs() > entry.timeMs()) {
      at--;
    }
    entries.add(at, entry);
  }

  private static void compare(Adjacency adjacency, List<List<Entry>> model, long newestMs) {
    Ring ring = new Ring();
    for (int i = 0; i < model.size(); i++) {
      adjacency.open(ring, i / 2, i % 2, (int) newestMs);
      List<Entry> entries = model.get(i);
      assertThat(ring.size).isEqualTo(entries.size());
      long value = 0;
      for (int e = 0; e < entries.size(); e++) {
        Entry entry = entries.get(e);
        assertThat(newestMs - ring.age(e)).isEqualTo(entry.timeMs());
        assertThat(Ring.peer(ring.word(e))).isEqualTo(entry.peer());
        assertThat(ring.value(e)).isEqualTo(entry.value());
        assertThat(i % 2 == Ring.OUT ? ring.id(e) : entry.id()).isEqualTo(entry.id());
        value += entry.value();
      }
      assertThat(ring.before(ring.size) - ring.before(0)).isEqualTo(value);
    }
  }
}
