package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SeenIdsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long HOUR_MS = HOUR.toMillis();

  /** Few distinct ids that collide in their slot, zeros among them. */
  @Property(tries = 300)
  void shouldAgreeWithAHashSet(
      @ForAll @Size(max = 400) List<@IntRange(min = -12, max = 12) Integer> numbers) {
    SeenIds seen = new SeenIds(HOUR);
    Set<EventId> oracle = new HashSet<>();
    for (int number : numbers) {
      EventId id = new EventId(number / 5, (long) number << 40);
      assertThat(seen.contains(id)).isEqualTo(oracle.contains(id));
      assertThat(seen.add(id, 0)).isEqualTo(oracle.add(id));
    }
    assertThat(seen.size()).isEqualTo(oracle.size());
  }

  @Test
  void shouldAgreeWithAHashSetWhileGrowing() {
    SeenIds seen = new SeenIds(HOUR);
    Set<EventId> oracle = new HashSet<>();
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      EventId id = EventId.decision("t-" + random.nextInt(150_000));
      assertThat(seen.add(id, 0)).isEqualTo(oracle.add(id));
    }
    assertThat(seen.size()).isEqualTo(oracle.size());
    assertThat(oracle).allMatch(seen::contains);
    assertThat(seen.contains(EventId.decision("another"))).isFalse();
  }

  @Test
  void shouldKnowSinceWhenItKnowsAll() {
    SeenIds seen = new SeenIds(HOUR);
    assertThat(seen.wholeSinceMs()).isEqualTo(Long.MAX_VALUE);
    seen.reaches(1_000);
    seen.add(id(0), 2_000);
    seen.age(2_000 + HOUR_MS); // the first generation grows old
    seen.add(id(1), 2_000 + HOUR_MS);
    assertThat(seen.wholeSinceMs()).isEqualTo(2_000);
    seen.reaches(500); // what is read back goes to the younger one
    seen.add(id(2), 600);
    assertThat(seen.wholeSinceMs()).isEqualTo(500);
    seen.age(2_000 + 2 * HOUR_MS);

    assertThat(seen.wholeSinceMs()).as("the first generation is gone").isEqualTo(2_000 + HOUR_MS);
    assertThat(seen.contains(id(0))).isFalse();
    assertThat(List.of(seen.contains(id(1)), seen.contains(id(2)))).containsOnly(true);
  }

  @Test
  void shouldForgetNothingUntilItIsLetAge() {
    SeenIds seen = new SeenIds(HOUR);
    seen.add(id(0), 0);
    for (int hour = 1; hour < 10; hour++) {
      seen.add(id(hour), hour * HOUR_MS);
    }

    assertThat(seen.size()).isEqualTo(10);
  }

  @Test
  void shouldRememberAnIdForTheWholeHorizon() {
    SeenIds seen = new SeenIds(HOUR);
    seen.add(id(0), 0);
    seen.age(HOUR_MS - 1);
    seen.add(id(1), HOUR_MS - 1);
    seen.age(HOUR_MS);
    seen.add(id(2), HOUR_MS);
    seen.age(2 * HOUR_MS - 2);

    assertThat(seen.add(id(1), 2 * HOUR_MS - 2)).isFalse();
    assertThat(seen.add(id(0), 2 * HOUR_MS - 2)).isFalse();
  }

  @Test
  void shouldForgetAnIdAfterTwoHorizons() {
    SeenIds seen = new SeenIds(HOUR);
    for (int hour = 0; hour < 3; hour++) {
      seen.age(hour * HOUR_MS);
      seen.add(id(hour), hour * HOUR_MS);
    }

    assertThat(seen.contains(id(0))).isFalse();
    assertThat(seen.contains(id(1))).isTrue();
    assertThat(seen.size()).isEqualTo(2);
  }

  @Test
  void shouldKeepIdsWhenTimeRunsBackwards() {
    SeenIds seen = new SeenIds(HOUR);
    seen.add(id(0), 10 * HOUR_MS);
    seen.add(id(1), 0);

    assertThat(seen.contains(id(0))).isTrue();
    assertThat(seen.contains(id(1))).isTrue();
  }

  @Test
  void shouldRefuseAHorizonOfNothing() {
    assertThatThrownBy(() -> new SeenIds(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static EventId id(int number) {
    return EventId.decision("t-" + number);
  }
}
