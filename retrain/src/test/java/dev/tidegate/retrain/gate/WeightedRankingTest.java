package dev.tidegate.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Held against {@link RankingMetrics} over rows that stand as often as their weights say. */
final class WeightedRankingTest {
  @Test
  void shouldSayOfWeightedRowsWhatTheRankingSaysOfRepeatedOnes() {
    Random random = new Random(17);
    for (int trial = 0; trial < 400; trial++) {
      int count = 1 + random.nextInt(60);
      int levels = 1 + random.nextInt(20);
      double[] scores = new double[count];
      BitSet frauds = new BitSet();
      int[] weights = new int[count];
      for (int i = 0; i < count; i++) {
        scores[i] = random.nextInt(levels) / 20.0;
        frauds.set(i, random.nextInt(4) == 0);
        weights[i] = random.nextInt(4);
      }
      double budget = 0.5 + random.nextInt(60);
      compare(scores, frauds, weights, budget);
    }
  }

  private static void compare(double[] scores, BitSet frauds, int[] weights, double budget) {
    List<Double> repeated = new ArrayList<>();
    BitSet repeatedFrauds = new BitSet();
    for (int i = 0; i < scores.length; i++) {
      for (int copy = 0; copy < weights[i]; copy++) {
        repeatedFrauds.set(repeated.size(), frauds.get(i));
        repeated.add(scores[i]);
      }
    }
    WeightedRanking.Figures found = new WeightedRanking(scores, frauds).of(weights, budget);
    if (repeatedFrauds.isEmpty()) {
      assertThat(found.averagePrecision()).isNaN();
      return;
    }
    RankingMetrics due =
        RankingMetrics.of(
            repeated.stream().mapToDouble(Double::doubleValue).toArray(), repeatedFrauds);
    assertThat(found.averagePrecision())
        .isCloseTo(Objects.requireNonNull(due.averagePrecision()), within(1e-12));
    assertThat(found.recallAtBudget())
        .isCloseTo(Objects.requireNonNull(due.atBudget(budget).recall()), within(1e-12));
  }

  @Test
  void shouldLookAtAsManyRowsAsTheBudgetPaysForAndAtTiesInShares() {
    BitSet none = new BitSet();

    assertThat(new WeightedRanking(new double[] {0.1, 0.9, 0.5, 0.4}, none).looked(50))
        .containsExactly(0, 1, 1, 0);
    assertThat(new WeightedRanking(new double[] {0.1, 0.9, 0.5, 0.5}, none).looked(50))
        .containsExactly(0, 1, 0.5, 0.5);
  }
}
