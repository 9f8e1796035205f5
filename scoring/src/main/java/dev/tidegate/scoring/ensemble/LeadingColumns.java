package dev.tidegate.scoring.ensemble;

import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;

/** A model that takes only the first values of wider rows. It owns that model and closes it. */
public final class LeadingColumns implements Model {
  // configuration
  private final Model inner;
  private final int width;

  // runtime
  private float[] block = {};

  /**
   * Over rows of so many values.
   *
   * @throws IllegalArgumentException if the model takes more
   */
  public LeadingColumns(Model inner, int width) {
    if (inner.width() > width) {
      throw new IllegalArgumentException(
          "a model of " + inner.width() + " values a row over rows of " + width);
    }
    this.inner = inner;
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public DeviceUse device() {
    return inner.device();
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    Model.requireRoom(rows, width, count, scores);
    int own = inner.width();
    if (block.length < count * own) {
      block = new float[count * own];
    }
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * width, block, i * own, own);
    }
    inner.score(block, count, scores);
  }

  @Override
  public void close() {
    inner.close();
  }
}
