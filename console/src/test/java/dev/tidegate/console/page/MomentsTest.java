package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final Instant MADE = Instant.parse("2018-07-25T14:03:22.250Z");

  @ParameterizedTest
  @CsvSource({
    "-5, now",
    "0, now",
    "1, now",
    "2, 2 s",
    "59, 59 s",
    "60, 1 min",
    "3599, 59 min",
    "3600, 1 h",
    "172799, 47 h",
    "172800, 2 d",
    "86400000, 1000 d"
  })
  void shouldTellAgesInTheGreatestUnitThatFits(long seconds, String shown) {
    assertThat(Moments.ago(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }

  @Test
  void shouldCarryTheWholeTimeForMachines() {
    assertThat(Moments.full(MADE.toEpochMilli()).html())
        .isEqualTo("<time datetime=\"2018-07-25T14:03:22.250Z\">25 Jul 2018, 14:03:22</time>");
    assertThat(Moments.sentence(MADE.toEpochMilli(), MADE.plusSeconds(70)).html())
        .contains(">1 min ago<");
    assertThat(Moments.sentence(MADE.toEpochMilli(), MADE).html()).contains(">just now<");
  }

  @Test
  void shouldShowTimesBeyondAllReason() {
    assertThat(Moments.full(Long.MAX_VALUE).html()).contains("292278994");
    assertThat(Moments.full(Long.MIN_VALUE).html()).contains("</time>");
  }
}
