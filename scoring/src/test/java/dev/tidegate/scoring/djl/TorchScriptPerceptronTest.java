package dev.tidegate.scoring.djl;

import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelContract;
import java.util.Random;

/** The contract over a TorchScript file: two linear layers, missing values as 0. */
final class TorchScriptPerceptronTest extends ModelContract {
  private static final int WIDTH = 33;
  private static final int HIDDEN = 24;
  private static final float[] W1 = draw(1, HIDDEN * WIDTH);
  private static final float[] B1 = draw(2, HIDDEN);
  private static final float[] W2 = draw(3, HIDDEN);
  private static final float[] B2 = draw(4, 1);
  private static final byte[] FILE =
      new TorchScriptFixture()
          .tensor("w1", W1, HIDDEN, WIDTH)
          .tensor("b1", B1, HIDDEN)
          .tensor("w2", W2, 1, HIDDEN)
          .tensor("b2", B2, 1)
          .write(
              "Tensor",
              "known = torch.nan_to_num(x, 0., None, None)",
              "h = torch.relu(torch.linear(known, self.w1, self.b1))",
              "return torch.sigmoid(torch.linear(h, self.w2, self.b2))");

  @Override
  protected Model open() {
    return TorchScriptModel.open(FILE, WIDTH, Device.CPU);
  }

  @Override
  protected float[] goldenRows() {
    float[] rows = new float[40 * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 11 == 0 ? Float.NaN : (i % 7 - 3) * 0.1f;
    }
    return rows;
  }

  /** The same products in double precision. */
  @Override
  protected double[] goldenScores() {
    float[] rows = goldenRows();
    double[] scores = new double[rows.length / WIDTH];
    for (int row = 0; row < scores.length; row++) {
      double margin = B2[0];
      for (int h = 0; h < HIDDEN; h++) {
        double hidden = B1[h];
        for (int f = 0; f < WIDTH; f++) {
          float value = rows[row * WIDTH + f];
          hidden += Float.isNaN(value) ? 0 : (double) value * W1[h * WIDTH + f];
        }
        margin += Math.max(0, hidden) * W2[h];
      }
      scores[row] = 1 / (1 + Math.exp(-margin));
    }
    return scores;
  }

  private static float[] draw(long seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return values;
  }
}
