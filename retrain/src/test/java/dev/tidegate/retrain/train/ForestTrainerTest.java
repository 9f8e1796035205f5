package dev.tidegate.retrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.onnx.ForestOnnxWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForestTrainerTest {
  private static final ForestParameters SMALL =
      new ForestParameters(60, 15, 0.2, 4, 1, new ForestParameters.Shares(0.8, 0.8, 0.2));

  @Test
  void shouldGiveTheSameBytesForTheSameRowsInAnyOrder() {
    TrainingSet rows = SampleRows.set(4_000, 7);
    byte[] first = train(rows);
    assertThat(train(rows)).isEqualTo(first);
    assertThat(train(shuffled(rows))).isEqualTo(first);
  }

  @Test
  void shouldGrowAnotherForestFromAnotherSeed() {
    TrainingSet rows = SampleRows.set(4_000, 7);
    byte[] other =
        ForestOnnxWriter.write(
            new ForestTrainer(SMALL, 2).train(rows, TrainingProgress.SILENT).forest());
    assertThat(other).isNotEqualTo(train(rows));
  }

  @Test
  void shouldRankAndCalibrateOnTheTailItHasNotSeen() {
    TrainingSet rows = SampleRows.set(20_000, 3);
    TrainedForest trained = new ForestTrainer(SMALL, 1).train(rows, TrainingProgress.SILENT);
    float[] scores = trained.validationScores();
    assertThat(scores).hasSize(4_000);
    assertThat(trained.validationFrom()).isEqualTo(16_000);
    BitSet fraud = new BitSet();
    double[] wide = new double[scores.length];
    double expected = 0;
    for (int i = 0; i < scores.length; i++) {
      wide[i] = scores[i];
      expected += scores[i];
      fraud.set(i, rows.fraud(16_000 + i));
    }
    assertThat(RankingMetrics.of(wide, fraud).rocAuc()).isGreaterThan(0.75);
    assertThat(expected).isBetween(0.85 * fraud.cardinality(), 1.15 * fraud.cardinality());
  }

  @Test
  void shouldStopEarlyAndKeepTheBestRounds() {
    List<Double> losses = new ArrayList<>();
    List<Integer> refit = new ArrayList<>();
    TrainedForest trained =
        new ForestTrainer(SMALL, 1)
            .train(
                SampleRows.set(4_000, 7),
                (stage, done, of, loss) -> {
                  if (stage.equals("search")) {
                    losses.add(loss);
                  } else {
                    refit.add(done);
                  }
                });
    int best = losses.indexOf(Collections.min(losses)) + 1;
    assertThat(losses.size()).isEqualTo(Math.min(60, best + 15));
    assertThat(trained.forest().trees()).hasSize(best);
    assertThat(refit).hasSize(best);
  }

  @Test
  void shouldSayWhatIsMissingWithoutFrauds() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a"));
    for (int i = 0; i < 100; i++) {
      builder.add("t" + i, i, new float[] {i}, i < 4);
    }
    assertThatThrownBy(
            () -> new ForestTrainer(SMALL, 1).train(builder.build(), TrainingProgress.SILENT))
        .isInstanceOf(NotTrainable.class)
        .hasMessageStartingWith("4 known frauds in 100 rows; training needs at least 5")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void shouldSayWhatIsMissingWithoutLegitimatePayments() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a"));
    for (int i = 0; i < 100; i++) {
      builder.add("t" + i, i, new float[] {i}, i > 2);
    }
    assertThatThrownBy(
            () -> new ForestTrainer(SMALL, 1).train(builder.build(), TrainingProgress.SILENT))
        .isInstanceOf(NotTrainable.class)
        .hasMessageStartingWith("3 legitimate payments in 100 rows");
  }

  @Test
  void shouldRefuseFraudsOfOneMoment() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a"));
    for (int i = 0; i < 100; i++) {
      builder.add("t" + i, i < 90 ? 0 : 1, new float[] {i}, i < 10);
    }
    assertThatThrownBy(
            () -> new ForestTrainer(SMALL, 1).train(builder.build(), TrainingProgress.SILENT))
        .isInstanceOf(NotTrainable.class)
        .hasMessageContaining("close in time");
  }

  @Test
  void shouldTrainOnFiveFraudsWhoseNewestStandBeforeTheTail() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a"));
    for (int i = 0; i < 100; i++) {
      builder.add("t" + i, i, new float[] {i % 7}, i % 7 == 0 && i < 35);
    }
    TrainedForest trained =
        new ForestTrainer(SMALL, 1).train(builder.build(), TrainingProgress.SILENT);
    assertThat(trained.validationFrom()).isEqualTo(21);
  }

  @Test
  void shouldNotSplitAMomentBetweenTheSides() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a"));
    for (int i = 0; i < 1_000; i++) {
      builder.add("t" + i, i / 300, new float[] {i}, i % 10 == 0);
    }
    TrainedForest trained =
        new ForestTrainer(SMALL, 1).train(builder.build(), TrainingProgress.SILENT);
    assertThat(trained.validationFrom()).isEqualTo(600);
  }

  @Test
  void shouldRefuseInfiniteValuesAndWrongWidths() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a", "b"));
    assertThatThrownBy(() -> builder.add("t", 0, new float[] {1}, false))
        .hasMessageContaining("has 1 features where the set has 2");
    assertThatThrownBy(() -> builder.add("t", 0, new float[] {1, Float.POSITIVE_INFINITY}, false))
        .hasMessageContaining("infinite value of b");
  }

  private static byte[] train(TrainingSet rows) {
    return ForestOnnxWriter.write(
        new ForestTrainer(SMALL, 1).train(rows, TrainingProgress.SILENT).forest());
  }

  private static TrainingSet shuffled(TrainingSet rows) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.rows(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(5));
    TrainingSet.Builder builder = TrainingSet.builder(rows.featureNames());
    for (int row : order) {
      builder.add("t" + row, rows.timeMs(row), rows.vector(row), rows.fraud(row));
    }
    return builder.build();
  }
}
