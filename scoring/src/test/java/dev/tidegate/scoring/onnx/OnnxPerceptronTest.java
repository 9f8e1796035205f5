package dev.tidegate.scoring.onnx;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import java.util.Random;

/** The contract over matrix products. */
final class OnnxPerceptronTest extends ModelContract {
  private static final int WIDTH = 33;
  private static final int HIDDEN = 16;
  private static final long SEED = 12;
  private static final byte[] ONNX = OnnxFixtures.perceptron(WIDTH, SEED);

  @Override
  protected Model open() {
    return OnnxModel.open(ONNX);
  }

  @Override
  protected float[] goldenRows() {
    float[] rows = new float[3 * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (i % 7 - 3) * 0.1f;
    }
    return rows;
  }

  /** The same products in double precision, from parameters drawn again from the same seed. */
  @Override
  protected double[] goldenScores() {
    Random random = new Random(SEED);
    float[] w1 = draw(random, WIDTH * HIDDEN);
    float[] b1 = draw(random, HIDDEN);
    float[] w2 = draw(random, HIDDEN);
    float bias = draw(random, 1)[0];
    float[] rows = goldenRows();
    double[] margins = new double[rows.length / WIDTH];
    for (int row = 0; row < margins.length; row++) {
      margins[row] = bias;
      for (int h = 0; h < HIDDEN; h++) {
        double hidden = b1[h];
        for (int f = 0; f < WIDTH; f++) {
          hidden += (double) rows[row * WIDTH + f] * w1[f * HIDDEN + h];
        }
        margins[row] += Math.max(0, hidden) * w2[h];
      }
    }
    return OnnxFixtures.sigmoid(margins);
  }

  private static float[] draw(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
