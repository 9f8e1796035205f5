package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Entity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CheckTurnTest {
  private static final List<Entity> ENTITIES =
      List.of(Entity.ACCOUNT, Entity.CARD, Entity.TERMINAL);
  private static final int SLICES = 4;

  @Test
  void shouldGiveEveryEntityAndSliceItsTurnOnceARound() {
    for (long round = 0; round < 3; round++) {
      Set<CheckTurn> taken = new HashSet<>();
      for (long number = 12 * round; number < 12 * (round + 1); number++) {
        CheckTurn turn = CheckTurn.of(number, ENTITIES, SLICES);
        assertThat(turn.round()).isEqualTo(round);
        assertThat(turn.slice()).isBetween(0, SLICES - 1);
        taken.add(turn);
      }
      assertThat(taken).hasSize(12);
    }
  }

  @Test
  void shouldTakeAnotherEntityEachTurn() {
    assertThat(CheckTurn.of(0, ENTITIES, SLICES).entity()).isEqualTo(Entity.ACCOUNT);
    assertThat(CheckTurn.of(1, ENTITIES, SLICES).entity()).isEqualTo(Entity.CARD);
    assertThat(CheckTurn.of(3, ENTITIES, SLICES)).isEqualTo(new CheckTurn(Entity.ACCOUNT, 1, 0));
  }
}
