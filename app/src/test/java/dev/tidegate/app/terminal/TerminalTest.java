package dev.tidegate.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.lab.time.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final StringWriter text = new StringWriter();
  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_600_000_000));

  @Test
  void shouldSayHowFarAStepIsEveryTenSecondsWhereNoLineCanBeRedrawn() {
    Terminal terminal = new Terminal(new PrintWriter(text), false, clock);
    terminal.begin("reading", 1_000);
    for (int second = 1; second <= 25; second++) {
      clock.advance(Duration.ofSeconds(1));
      terminal.at(second * 10L);
    }
    terminal.end();

    assertThat(text.toString().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("reading"));
    assertThat(text.toString()).contains(" 10 %").contains(" 20 %").doesNotContain("\r");
  }

  @Test
  void shouldRedrawOneLineWhereItCan() {
    Terminal terminal = new Terminal(new PrintWriter(text), true, clock);
    terminal.begin("reading", 1_000);
    clock.advance(Duration.ofMillis(150));
    terminal.at(500);
    terminal.end();

    assertThat(text.toString().lines().filter(line -> !line.isBlank())).isNotEmpty();
    assertThat(text.toString()).contains("\r").contains(" 50 %");
  }
}
