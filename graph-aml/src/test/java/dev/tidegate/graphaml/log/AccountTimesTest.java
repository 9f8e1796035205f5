package dev.tidegate.graphaml.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class AccountTimesTest {
  /** Keys from a small range of spreads meet in the table and are moved when others leave. */
  @Property(tries = 300, seed = "8142")
  void shouldHoldWhatAMapHoldsAndTellAStoreWhatChanged(
      @ForAll @Size(max = 2_000) List<@LongRange(min = -600, max = 600) Long> steps) {
    AccountTimes times = new AccountTimes();
    Map<Long, List<Long>> expected = new HashMap<>();
    HeapLogStore store = new HeapLogStore();
    for (int i = 0; i < steps.size(); i++) {
      long account = (steps.get(i) / 3) << 20;
      if (steps.get(i) % 3 == 0) {
        assertThat(times.remove(account)).isEqualTo(expected.remove(account) != null);
        store.removeAccount(account);
      } else {
        times.put(account, i, i + 1L);
        expected.put(account, List.of((long) i, i + 1L));
      }
      if (i % 97 == 0) {
        times.tell(store);
      }
    }
    times.tell(store);
    assertThat(times.size()).isEqualTo(expected.size());
    expected.forEach(
        (account, both) -> {
          int place = times.find(account);
          assertThat(List.of(times.first(place), times.last(place))).isEqualTo(both);
        });
    Map<Long, List<Long>> told = new HashMap<>();
    store.accounts((account, firstMs, lastMs) -> told.put(account, List.of(firstMs, lastMs)));
    assertThat(told).isEqualTo(expected);
    List<Long> again = new ArrayList<>();
    times.tell(
        new HeapLogStore() {
          @Override
          public void putAccount(long account, long firstMs, long lastMs) {
            again.add(account);
          }
        });
    assertThat(again).as("told once").isEmpty();
  }
}
