package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowLogTest {
  private static final int ROWS = 8;

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("rows"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    MockProcessorContext<String, byte[]> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
  }

  private RowLog<String> log(String release) {
    return new RowLog<>(store::get, store::put, text -> text, RowLog.name(release), ROWS);
  }

  private static byte[] row(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static List<Integer> values(RowLog<String> log) {
    return log.open().stream().map(ByteBuffer::getInt).toList();
  }

  /** Rows would be lost in silence by a program with another size. */
  @Test
  void shouldRefuseRowsOfARingOfAnotherSize() {
    for (int kept : new int[] {5, 16}) {
      RowLog<String> other =
          new RowLog<>(store::get, store::put, text -> text, RowLog.name("r" + kept), kept);
      for (int i = 0; i < 11; i++) {
        if (other.add(row(i))) {
          other.taken();
        }
      }
      RowLog<String> ours = log("r" + kept);
      assertThatThrownBy(ours::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("part of the state's format");
    }
  }

  /** Rows, whole states and restarts in any order, against a list. */
  @Test
  void shouldGiveBackInOrderWhatTheStateHasNotTakenIn() {
    SplittableRandom random = new SplittableRandom(307);
    List<Integer> expected = new ArrayList<>();
    RowLog<String> log = log("r1");
    for (int step = 0; step < 5_000; step++) {
      int what = random.nextInt(20);
      if (what == 0) {
        log = log("r1");
        assertThat(values(log)).as("after step %s", step).isEqualTo(expected);
      } else if (what == 1) {
        log.taken();
        expected.clear();
      } else {
        expected.add(step);
        if (log.add(row(step))) {
          assertThat(expected).hasSize(ROWS);
          log.taken();
          expected.clear();
        }
      }
      assertThat(log.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void shouldKeepReleasesApartAndNeverGrow() {
    for (int round = 0; round < 100; round++) {
      RowLog<String> one = log("r1");
      RowLog<String> other = log("r2");
      assertThat(values(one)).hasSize(round % 3);
      assertThat(values(other)).isEmpty();
      one.add(row(round));
      other.add(row(round));
      other.taken();
      if (round % 3 == 2) {
        one.taken();
      }
      assertThat(one.holds("elsewhere")).isFalse();
    }
    assertThat(store.approximateNumEntries()).isEqualTo(2 * (ROWS + 1));
  }
}
