package dev.tidegate.scoring.decide;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;

/** Its one feature and a constant make its score; one sum makes it fail. */
final class EchoModel implements Model {
  static final float BREAKS = -7;

  private final float added;

  EchoModel() {
    this(0);
  }

  EchoModel(float added) {
    this.added = added;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    for (int i = 0; i < count; i++) {
      float sum = rows[i] + added;
      if (sum == BREAKS) {
        throw new ModelException("row " + i);
      }
      scores[i] = sum;
    }
  }

  @Override
  public void close() {}
}
