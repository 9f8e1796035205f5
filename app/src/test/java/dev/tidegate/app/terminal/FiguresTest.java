package dev.tidegate.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void shouldWriteNumbersForPeople() {
    assertThat(Figures.count(1_504_628)).isEqualTo("1,504,628");
    assertThat(Figures.rate(21_339.6)).isEqualTo("21,340/s");
    assertThat(Figures.rate(1.26)).isEqualTo("1.3/s");
    assertThat(Figures.percent(0.0083)).isEqualTo("0.83 %");
    assertThat(Figures.span(Duration.ofMillis(850))).isEqualTo("850 ms");
    assertThat(Figures.span(Duration.ofMillis(12_300))).isEqualTo("12.3 s");
    assertThat(Figures.span(Duration.ofSeconds(245))).isEqualTo("4 min 05 s");
    assertThat(Figures.span(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
  }

  @Property
  void shouldReadTheDurationsItWrites(@ForAll @LongRange(min = 0, max = 10_000_000_000L) long ms) {
    Duration span = Duration.ofMillis(ms);

    assertThat(Spans.parse(Spans.text(span))).isEqualTo(span);
  }
}
