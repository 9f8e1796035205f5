package dev.tidegate.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlLogTest {
  private final List<String> taken = new ArrayList<>();
  private final ControlLog<String> log = new ControlLog<>(taken::add, taken::clear);

  @Test
  void shouldGoOnWhereItWasAfterAFault() {
    assertThat(log.positions("a")).isEmpty();
    log.accept(new LogBatch<>(List.of("x"), List.of(new Position("a", 0, 7)), List.of()));

    assertThat(log.positions("a")).containsEntry(0, 7L);
    assertThat(taken).containsExactly("x");
  }

  @Test
  void shouldForgetATopicThatWasMadeAnew() {
    assertThat(log.positions("a")).isEmpty();
    log.accept(new LogBatch<>(List.of("x"), List.of(new Position("a", 0, 7)), List.of()));

    assertThat(log.positions("b")).isEmpty();
    assertThat(taken).isEmpty();
  }
}
