package dev.tidegate.scoring.onnx;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import java.util.Random;

/** The contract over trees, which are what the shipped releases are made of. */
final class OnnxForestTest extends ModelContract {
  private static final int WIDTH = 6;
  private static final int TREES = 200;
  private static final long SEED = 11;
  private static final int NODES = 15;
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

  /** Walks the same trees in plain Java, drawn again from the same seed. */
  @Override
  protected double[] goldenScores() {
    double[] margins = new double[ROWS.length / WIDTH];
    Random random = new Random(SEED);
    for (int tree = 0; tree < TREES; tree++) {
      int[] features = new int[NODES];
      float[] values = new float[NODES];
      for (int id = 0; id < NODES; id++) {
        features[id] = random.nextInt(WIDTH);
        values[id] = (float) random.nextGaussian();
      }
      for (int row = 0; row < margins.length; row++) {
        int id = 0;
        while (id < NODES / 2) {
          float value = ROWS[row * WIDTH + features[id]];
          boolean left = Float.isNaN(value) ? id % 2 == 0 : value < values[id];
          id = 2 * id + (left ? 1 : 2);
        }
        margins[row] += values[id] * 0.1f;
      }
    }
    return OnnxFixtures.sigmoid(margins);
  }
}
