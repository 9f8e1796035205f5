package dev.tidegate.scoring.forest;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;

/** The contract over a model of XGBoost, whose own answers are golden. */
final class XgboostForestTest extends ModelContract {
  private static final Booster BOOSTER = Boosters.xgboost(60, 6, Map.of());
  private static final ForestModel.Trees TREES =
      ForestModel.of(XgboostReader.read(Boosters.json(BOOSTER)));

  @Override
  protected Model open() {
    return TREES.open();
  }

  @Override
  protected float[] goldenRows() {
    return RandomForests.rows(RandomForests.perfect(Boosters.WIDTH, 1, 2, 1), 90, 2);
  }

  @Override
  protected double[] goldenScores() {
    float[] scores = Boosters.predict(BOOSTER, goldenRows(), false);
    double[] wide = new double[scores.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = scores[i];
    }
    return wide;
  }
}
