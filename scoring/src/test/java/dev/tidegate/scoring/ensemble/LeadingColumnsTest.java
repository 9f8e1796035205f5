package dev.tidegate.scoring.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import org.junit.jupiter.api.Test;

/** The contract over a model that sees a part of the row. */
final class LeadingColumnsTest extends ModelContract {
  private static final Forest FOREST = RandomForests.perfect(4, 20, 3, 21);

  @Override
  protected Model open() {
    return new LeadingColumns(ForestModel.of(FOREST).open(), 6);
  }

  @Override
  protected float[] goldenRows() {
    return new float[] {1, 2, -1, 0.5f, 9, 9, Float.NaN, 0, 1, 0, 8, Float.NaN};
  }

  @Override
  protected double[] goldenScores() {
    return RandomForests.scores(FOREST, new float[] {1, 2, -1, 0.5f, Float.NaN, 0, 1, 0});
  }

  @Test
  void shouldRefuseAModelWiderThanTheRow() {
    Model inner = ForestModel.of(FOREST).open();
    assertThatThrownBy(() -> new LeadingColumns(inner, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(inner.width()).isEqualTo(4);
  }
}
