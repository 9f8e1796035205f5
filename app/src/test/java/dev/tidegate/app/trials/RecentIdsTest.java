package dev.tidegate.app.trials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many ids are held, and that a repeat is told by them. */
final class RecentIdsTest {
  @Test
  void shouldTellRepeatsAmongTheNewestAndHoldNoMore() {
    RecentIds<String> ids = new RecentIds<>();
    for (int i = 0; i <= RecentIds.MOST; i++) {
      assertThat(ids.add("t" + i)).isTrue();
      assertThat(ids.add("t" + i)).isFalse();
    }
    assertThat(ids.size()).isEqualTo(RecentIds.MOST);
    assertThat(ids.add("t" + 1)).isFalse();
    assertThat(ids.add("t" + 0)).as("the oldest has gone").isTrue();
  }
}
