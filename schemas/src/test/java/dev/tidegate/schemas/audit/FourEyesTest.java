package dev.tidegate.schemas.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FourEyesTest {
  @Test
  void shouldSeeOnePersonInDifferentSpellings() {
    assertThat(FourEyes.samePerson("Alice", " alice ")).isTrue();
    assertThat(FourEyes.samePerson("alice", "alice b")).isFalse();
  }

  @Test
  void shouldSeeOnePersonInNamesThatLookTheSame() {
    assertThat(FourEyes.samePerson("Ann Lee", "Ann\u00a0Lee\u00a0")).isTrue();
    assertThat(FourEyes.samePerson("Ann", "A\u200bnn\u202e")).isTrue();
    assertThat(FourEyes.samePerson("Jos\u00e9", "Jose\u0301")).isTrue();
    assertThat(FourEyes.samePerson("Jos\u00e9", "Jose")).isFalse();
  }
}
