package dev.tidegate.scoring.reasons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.forest.Boosters;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.forest.Tree;
import dev.tidegate.scoring.forest.XgboostReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TreeShapTest {
  private static final int WIDTH = 5;

  @Property(tries = 200)
  void shouldBeTheShapleyValuesOverAllSubsets(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int trees) {
    Forest forest = RandomForests.ragged(WIDTH, trees, 15, seed);
    float[] rows = RandomForests.rows(forest, 2, seed);
    for (int from = 0; from < rows.length; from += 7 * WIDTH) {
      float[] row = Arrays.copyOfRange(rows, from, from + WIDTH);
      double[] found = new TreeShap(forest).contributions(row);
      for (int i = 0; i < WIDTH; i++) {
        assertThat(found[i]).as("feature %d", i).isCloseTo(shapley(forest, row, i), within(1e-9));
      }
    }
  }

  @Property(tries = 100)
  void shouldAddUpToTheMargin(@ForAll long seed) {
    Forest forest = RandomForests.chains(WIDTH, 4, 25, seed);
    TreeShap shap = new TreeShap(forest);
    float[] rows = RandomForests.rows(forest, 3, seed);
    for (int from = 0; from < 3 * WIDTH; from += WIDTH) {
      float[] row = Arrays.copyOfRange(rows, from, from + WIDTH);
      double sum = shap.expectedMargin() + Arrays.stream(shap.contributions(row)).sum();
      assertThat(sum).isCloseTo(RandomForests.margin(forest, row), within(1e-5));
    }
  }

  @Test
  void shouldSayWhatXgboostSays() throws XGBoostError {
    Booster booster = Boosters.xgboost(50, 6, Map.of());
    Forest forest = XgboostReader.read(Boosters.json(booster));
    TreeShap shap = new TreeShap(forest);
    int count = 300;
    float[] rows = Arrays.copyOf(RandomForests.rows(forest, count, 9), count * Boosters.WIDTH);
    float[][] due = booster.predictContrib(new DMatrix(rows, count, Boosters.WIDTH, Float.NaN), 0);
    for (int i = 0; i < count; i++) {
      double[] found =
          shap.contributions(
              Arrays.copyOfRange(rows, i * Boosters.WIDTH, (i + 1) * Boosters.WIDTH));
      for (int feature = 0; feature < Boosters.WIDTH; feature++) {
        assertThat(found[feature])
            .as("row %d, feature %d", i, feature)
            .isCloseTo(due[i][feature], within(2e-5));
      }
      assertThat(shap.expectedMargin()).isCloseTo(due[i][Boosters.WIDTH], within(2e-5));
    }
  }

  @Test
  void shouldGiveNothingToAFeatureThatNoTreeCompares() {
    Forest forest = new Forest(9, 1, RandomForests.perfect(3, 5, 3, 1).trees());
    double[] found = new TreeShap(forest).contributions(new float[9]);

    assertThat(Arrays.copyOfRange(found, 3, 9)).containsOnly(0);
  }

  @Test
  void shouldStayFiniteWhereNoTrainingRowCame() {
    int[] left = {1, 3, -1, -1, -1};
    int[] right = {2, 4, -1, -1, -1};
    Tree tree =
        new Tree(
            left,
            right,
            new int[] {0, 1, 0, 0, 0},
            new float[] {0, 0, 1, 2, 3},
            new boolean[5],
            new float[] {4, 0, 4, 0, 0});
    TreeShap shap = new TreeShap(new Forest(2, 0, List.of(tree)));

    assertThat(shap.expectedMargin()).isEqualTo(1);
    assertThat(Arrays.stream(shap.contributions(new float[] {-1, -1})).sum()).isEqualTo(1);
    assertThat(shap.contributions(new float[] {1, -1})).containsExactly(0, 0);
  }

  @Test
  void shouldRefuseARowOfAnotherWidth() {
    assertThatThrownBy(
            () -> new TreeShap(RandomForests.perfect(3, 1, 1, 1)).contributions(new float[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * The definition: what the feature adds, averaged over all orders in which features become known.
   */
  private static double shapley(Forest forest, float[] row, int feature) {
    double sum = 0;
    for (int known = 0; known < 1 << WIDTH; known++) {
      if ((known >> feature & 1) == 0) {
        int others = Integer.bitCount(known);
        double weight = factorial(others) * factorial(WIDTH - others - 1) / factorial(WIDTH);
        sum += weight * (value(forest, row, known | 1 << feature) - value(forest, row, known));
      }
    }
    return sum;
  }

  private static double value(Forest forest, float[] row, int known) {
    double sum = 0;
    for (Tree tree : forest.trees()) {
      sum += value(tree, 0, row, known);
    }
    return sum;
  }

  private static double value(Tree tree, int node, float[] row, int known) {
    if (tree.leaf(node)) {
      return tree.value(node);
    }
    int feature = tree.feature(node);
    double left = tree.cover(tree.left(node));
    double share = left / (left + (double) tree.cover(tree.right(node)));
    if ((known >> feature & 1) == 1) {
      share = tree.goesLeft(node, row[feature]) ? 1 : 0;
    }
    return share * value(tree, tree.left(node), row, known)
        + (1 - share) * value(tree, tree.right(node), row, known);
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
}
