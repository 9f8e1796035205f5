package dev.tidegate.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private final Backoff backoff = new Backoff(FIRST, LONGEST);

  @Test
  void shouldDoubleThePauseUpToTheLongest() {
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 7; i++) {
      backoff.started(now);
      now += 10;
      Duration pause = backoff.failed(now);
      assertThat(backoff.due(now + pause.toMillis() - 1)).isFalse();
      now += pause.toMillis();
      assertThat(backoff.due(now)).isTrue();
      pauses.add(pause.toMillis());
    }

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 8_000L, 8_000L);
  }

  @Test
  void shouldBeginAgainAfterALongRun() {
    backoff.started(0);
    backoff.failed(10);
    backoff.started(510);
    assertThat(backoff.failed(520)).isEqualTo(FIRST.multipliedBy(2));
    backoff.started(2_000);

    assertThat(backoff.failed(2_000 + LONGEST.toMillis())).isEqualTo(FIRST);
  }

  @Test
  void shouldNotWaitForAClockThatWasSetBack() {
    backoff.started(1_000_000);
    backoff.failed(1_000_010);

    assertThat(backoff.due(5)).isTrue();
  }

  @Property
  void shouldAlwaysPauseBetweenTheFirstAndTheLongest(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 20_000) Long> runs) {
    Backoff any = new Backoff(FIRST, LONGEST);
    long now = 0;
    for (long run : runs) {
      any.started(now);
      now += run;
      Duration pause = any.failed(now);
      assertThat(pause).isBetween(FIRST, LONGEST);
      now += pause.toMillis();
    }
  }

  @Test
  void shouldRefusePausesThatMakeNoSense() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, LONGEST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(LONGEST, FIRST))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
