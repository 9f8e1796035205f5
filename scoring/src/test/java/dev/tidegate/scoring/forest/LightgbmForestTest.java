package dev.tidegate.scoring.forest;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;

/** The contract over a model of LightGBM, whose own answers are golden; its trees are deep. */
final class LightgbmForestTest extends ModelContract {
  private static final String MODEL =
      Boosters.lightgbm(60, "objective=binary num_leaves=40 min_data_in_leaf=5");
  private static final ForestModel.Trees TREES =
      ForestModel.of(LightgbmReader.read(Boosters.bytes(MODEL)));

  @Override
  protected Model open() {
    return TREES.open();
  }

  @Override
  protected float[] goldenRows() {
    return RandomForests.rows(RandomForests.perfect(Boosters.WIDTH, 1, 2, 1), 90, 3);
  }

  @Override
  protected double[] goldenScores() {
    return Boosters.predict(MODEL, goldenRows());
  }
}
