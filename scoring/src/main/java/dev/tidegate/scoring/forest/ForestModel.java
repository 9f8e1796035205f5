package dev.tidegate.scoring.forest;

import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import java.util.Arrays;

/**
 * A forest in plain Java. Rows are turned to {@link FloatKeys} and walked in blocks: a block's keys
 * and one tree fit the first-level cache together. Nothing is allocated while scoring.
 *
 * <p>Time: trees x depth a row, about 20 ns a tree of depth 7 alone and less in blocks ({@code
 * ./tidegate bench scoring} measures it). Missing values go where training sent them.
 */
public final class ForestModel implements Model {
  /** Rows that are walked together. */
  static final int BLOCK = 32;

  // configuration
  private final Trees trees;
  private final DeviceUse use;

  // runtime
  private final int[] keys;
  private final float[] margins = new float[BLOCK];
  private boolean closed;

  private ForestModel(Trees trees, DeviceUse use) {
    this.trees = trees;
    this.use = use;
    this.keys = new int[BLOCK * 2 * trees.width];
  }

  /** A forest that is laid out; any number of models may be opened over it, by any thread. */
  public static final class Trees {
    private final int width;
    private final float baseMargin;
    private final TreeLayout layout;

    private Trees(Forest forest) {
      this.width = forest.features();
      this.baseMargin = forest.baseMargin();
      this.layout = TreeLayout.of(forest);
    }

    /** One more instance, for one thread. */
    public ForestModel open() {
      return open(DeviceUse.CPU);
    }

    /** One more instance, in place of a GPU that is missing. */
    public ForestModel open(DeviceUse use) {
      return new ForestModel(this, use);
    }
  }

  /** Lays a forest out: without links unless its trees are deep and thin. */
  public static Trees of(Forest forest) {
    return new Trees(forest);
  }

  @Override
  public int width() {
    return trees.width;
  }

  @Override
  public DeviceUse device() {
    return use;
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    margins(rows, count, scores);
    for (int i = 0; i < count; i++) {
      scores[i] = Forest.probability(scores[i]);
    }
  }

  /**
   * Log odds of the first rows, with the arguments and errors of {@link #score(float[], int,
   * float[])}.
   */
  public void margins(float[] rows, int count, float[] into) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    Model.requireRoom(rows, width(), count, into);
    for (int from = 0; from < count; from += BLOCK) {
      int block = Math.min(BLOCK, count - from);
      int values = block * trees.width;
      FloatKeys.write(rows, from * trees.width, values, keys, 0);
      Arrays.fill(margins, 0, block, trees.baseMargin);
      trees.layout.addLeaves(keys, 2 * trees.width, block, margins);
      System.arraycopy(margins, 0, into, from, block);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
