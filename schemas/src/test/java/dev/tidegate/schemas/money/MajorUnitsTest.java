package dev.tidegate.schemas.money;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MajorUnitsTest {
  @Test
  void shouldTakeMinorUnitsFromTheCurrency() {
    MajorUnits units = new MajorUnits();
    assertThat(units.of(500, "JPY")).isEqualTo(500.0);
    assertThat(units.of(500, "KWD")).isEqualTo(0.5);
    assertThat(units.of(500, "EUR")).isEqualTo(5.0);
    assertThat(units.of(500, "???")).isEqualTo(5.0);
  }
}
