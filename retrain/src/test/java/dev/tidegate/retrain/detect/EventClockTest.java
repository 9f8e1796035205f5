package dev.tidegate.retrain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventClockTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long TEN_YEARS = 3_652 * DAY;

  private final EventClock clock = new EventClock();

  @Test
  void shouldGoByTheNewestPayment() {
    assertThat(clock.known()).isFalse();
    assertThat(clock.takes(5 * DAY)).isTrue();
    assertThat(clock.takes(3 * DAY)).isTrue();
    assertThat(clock.nowMs()).isEqualTo(5 * DAY);
    assertThat(clock.takes(12 * DAY)).isTrue();
    assertThat(clock.nowMs()).isEqualTo(12 * DAY);
  }

  @Test
  void shouldNotFollowStraysHoweverMany() {
    clock.takes(DAY);
    for (int i = 0; i < 10 * EventClock.CONFIRMING; i++) {
      assertThat(clock.takes(TEN_YEARS + i)).isFalse();
      assertThat(clock.takes(DAY + i)).isTrue();
    }
    assertThat(clock.takes(Long.MAX_VALUE)).isFalse();
    assertThat(clock.nowMs()).isLessThan(2 * DAY);
  }

  @Test
  void shouldFollowAStreamThatWentOnToTheEarliestOfARow() {
    clock.takes(DAY);
    int passedOver = 0;
    for (int i = 0; i < 200; i++) {
      boolean stray = i == 50;
      passedOver += clock.takes(stray ? TEN_YEARS : 30 * DAY + i) ? 0 : 1;
    }
    assertThat(passedOver).isEqualTo(EventClock.CONFIRMING - 1);
    assertThat(clock.nowMs()).isEqualTo(30 * DAY + 199);
  }

  @Test
  void shouldGoOnFromWhereItStood() {
    EventClock again = EventClock.at(DAY);
    assertThat(again.takes(TEN_YEARS)).isFalse();
    again.reach(20 * DAY);
    assertThat(again.takes(26 * DAY)).isTrue();
    assertThat(EventClock.at(Long.MIN_VALUE).takes(TEN_YEARS)).isTrue();
  }
}
