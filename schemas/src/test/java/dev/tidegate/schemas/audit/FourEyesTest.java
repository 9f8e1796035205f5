package dev.tidegate.schemas.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FourEyesTest {
  @Test
  void shouldSeeOnePersonInDifferentSpellings() {
    assertThat(FourEyes.samePerson("Alice", " alice ")).isTrue();
    assertThat(FourEyes.samePerson("alice", "alice b")).isFalse();
  }
}
