package dev.tidegate.app.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PayerDaysTest {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** Account numbers that follow each other, over months: none is taken for another's repeat. */
  @Test
  void shouldTellAccountsAndDaysThatFollowEachOtherApart() {
    PayerDays days = new PayerDays();
    int repeats = 0;
    for (int day = 0; day < 100; day++) {
      for (int account = 0; account < 500; account++) {
        repeats += days.first(PayerDays.of("ACC" + (10_000 + account), day * DAY_MS)) ? 0 : 1;
      }
    }
    // By chance alone a third of one is expected of 50,000 in 2^32.
    assertThat(repeats).isLessThan(4);
    assertThat(days.first(PayerDays.of("ACC10000", 99 * DAY_MS + 5))).isFalse();
    assertThat(days.first(PayerDays.of("", 0))).isTrue();
    assertThat(days.first(PayerDays.of("", 0))).as("nobody repeats").isTrue();
  }
}
