package dev.tidegate.scoring.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract over trees in Java and trees in ONNX, stacked and calibrated. */
final class EnsembleModelTest extends ModelContract {
  private static final Forest FIRST = RandomForests.perfect(6, 30, 4, 31);
  private static final Forest SECOND = RandomForests.perfect(6, 40, 3, 32);
  private static final Calibration HALVED =
      new Calibration.Isotonic(new double[] {0, 0.5, 1}, new double[] {0, 0.1, 0.5});

  @Override
  protected Model open() {
    return new EnsembleModel(
        List.of(ForestModel.of(FIRST).open(), OnnxModel.open(OnnxFixtures.forest(SECOND))),
        new Blend.LogisticStack(0.3, 0.6, 0.8),
        HALVED);
  }

  @Override
  protected float[] goldenRows() {
    return RandomForests.rows(FIRST, 20, 33);
  }

  @Override
  protected double[] goldenScores() {
    double[] first = RandomForests.scores(FIRST, goldenRows());
    double[] second = RandomForests.scores(SECOND, goldenRows());
    double[] blended = new double[first.length];
    for (int i = 0; i < blended.length; i++) {
      double margin =
          0.3
              + 0.6 * Math.log(first[i] / (1 - first[i]))
              + 0.8 * Math.log(second[i] / (1 - second[i]));
      double score = 1 / (1 + Math.exp(-margin));
      blended[i] = score < 0.5 ? 0.2 * score : 0.1 + 0.8 * (score - 0.5);
    }
    return blended;
  }

  @Test
  void shouldHaveNoAnswerWhereAMemberHasNone() {
    try (Model ensemble =
        new EnsembleModel(
            List.of(echo(), ForestModel.of(RandomForests.perfect(1, 2, 2, 1)).open()),
            new Blend.WeightedMean(1, 1),
            Calibration.none())) {
      assertThat(ensemble.score(new float[] {Float.NaN, 0.5f})[0]).isNaN();
      assertThat(ensemble.score(new float[] {Float.NaN, 0.5f})[1]).isBetween(0.25f, 0.75f);
    }
  }

  @Test
  void shouldRefuseModelsThatDoNotFitTogether() {
    try (Model narrow = echo();
        Model wide = ForestModel.of(FIRST).open()) {
      assertThatThrownBy(
              () ->
                  new EnsembleModel(
                      List.of(narrow, wide), new Blend.WeightedMean(1, 1), Calibration.none()))
          .hasMessageContaining("different widths: [1, 6]");
      assertThatThrownBy(
              () ->
                  new EnsembleModel(
                      List.of(narrow), new Blend.WeightedMean(1, 1), Calibration.none()))
          .hasMessageContaining("1 models for a blend of 2");
    }
  }

  private static Model echo() {
    return OnnxModel.open(OnnxFixtures.echo());
  }
}
