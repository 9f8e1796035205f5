package dev.tidegate.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.store.AlertFilter.Kind;
import dev.tidegate.schemas.event.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertFilterTest {
  @ParameterizedTest
  @CsvSource({
    "'  shop 7 ', CONTAINS, shop 7",
    "account:ACC 1, ACCOUNT, ACC 1",
    "counterparty: X:9, COUNTERPARTY, X:9",
    "account:, CONTAINS, account:",
  })
  void shouldReadWhatAnAnalystTyped(String typed, Kind kind, String text) {
    assertThat(AlertFilter.parse(typed, null)).isEqualTo(new AlertFilter(kind, text, null));
  }

  @Test
  void shouldAskForEverythingWhenNothingIsTyped() {
    assertThat(AlertFilter.parse(" ", "")).isEqualTo(AlertFilter.none());
    assertThat(AlertFilter.parse(null, "no-such").isEmpty()).isTrue();
  }

  @Test
  void shouldKnowOutcomesInAnySpelling() {
    assertThat(AlertFilter.parse(null, "step-up").outcome()).isEqualTo(Outcome.STEP_UP);
    assertThat(AlertFilter.parse(null, "HOLD").isEmpty()).isFalse();
  }

  @Test
  void shouldSayItselfAsTyped() {
    assertThat(AlertFilter.parse("account:A-1", null).query()).isEqualTo("account:A-1");
    assertThat(AlertFilter.none().query()).isEmpty();
  }
}
