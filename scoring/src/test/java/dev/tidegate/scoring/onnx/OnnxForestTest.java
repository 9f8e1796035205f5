package dev.tidegate.scoring.onnx;

import dev.tidegate.scoring.forest.RandomForests;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;

/** The contract over trees, which are what the shipped releases are made of. */
final class OnnxForestTest extends ModelContract {
  private static final int WIDTH = 6;
  private static final int TREES = 200;
  private static final long SEED = 11;
  private static final byte[] ONNX = OnnxFixtures.forest(WIDTH, TREES, SEED);
  private static final float[] ROWS = {
    0, 0, 0, 0, 0, 0, 1, -1, 0.5f, 2, -2, 0.25f, Float.NaN, 1, Float.NaN, 0, 0, -1
  };

  @Override
  protected Model open() {
    return OnnxModel.open(ONNX);
  }

  @Override
  protected float[] goldenRows() {
    return ROWS.clone();
  }

  /** Walks the same trees node by node. */
  @Override
  protected double[] goldenScores() {
    return RandomForests.scores(RandomForests.perfect(WIDTH, TREES, 3, SEED), ROWS);
  }
}
