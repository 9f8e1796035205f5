package dev.tidegate.scoring.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.forest.Boosters;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.forest.XgboostReader;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import dev.tidegate.scoring.model.ModelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract over a forest as tensor operations, in batches padded as on a GPU. */
final class ForestGraphTest extends ModelContract {
  private static final Forest FOREST = RandomForests.perfect(6, 50, 4, 13);
  private static final byte[] GRAPH = ForestGraph.write(FOREST);

  @Override
  protected Model open() {
    return OnnxModel.padded(GRAPH);
  }

  @Override
  protected float[] goldenRows() {
    return RandomForests.rows(FOREST, 20, 14);
  }

  @Override
  protected double[] goldenScores() {
    return RandomForests.scores(FOREST, goldenRows());
  }

  @Test
  void shouldScoreAsTheForestDoesWithinAMillionth() {
    Forest trained = XgboostReader.read(Boosters.json(Boosters.xgboost(200, 7, Map.of())));
    for (Forest forest : List.of(trained, RandomForests.ragged(5, 30, 20, 15))) {
      float[] rows = RandomForests.rows(forest, 10_000, 16);
      try (Model graph = OnnxModel.open(ForestGraph.write(forest));
          Model trees = ForestModel.of(forest).open()) {
        float[] due = trees.score(rows);
        float[] found = graph.score(rows);
        for (int i = 0; i < due.length; i++) {
          assertThat(found[i]).as("row %d", i).isCloseTo(due[i], within(1e-6f));
        }
      }
    }
  }

  @Test
  void shouldWriteTreesThatAreOneLeaf() {
    Forest forest = RandomForests.ragged(3, 4, 0, 17);
    try (Model graph = OnnxModel.open(ForestGraph.write(forest))) {
      assertThat((double) graph.score(new float[3])[0])
          .isCloseTo(RandomForests.scores(forest, new float[3])[0], within(1e-6));
    }
  }

  @Test
  void shouldRefuseTreesTooDeepAndNoTrees() {
    assertThatThrownBy(() -> ForestGraph.write(RandomForests.chains(3, 2, 13, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("2 of depth 13");
    assertThatThrownBy(() -> ForestGraph.write(new Forest(3, 0, List.of())))
        .hasMessageContaining("needs 1 tree or more");
  }
}
