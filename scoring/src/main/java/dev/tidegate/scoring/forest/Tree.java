package dev.tidegate.scoring.forest;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One binary tree as columns, node 0 the root. A row goes left where its value is below the node's
 * (float comparison, {@code <}); a missing value (NaN) goes where the node says. Immutable.
 */
public final class Tree {
  /** What stands for a child of a leaf. */
  public static final int NONE = -1;

  private final int[] left;
  private final int[] right;
  private final int[] feature;
  private final float[] value;
  private final boolean[] missingLeft;
  private final float[] cover;
  private final int depth;

  /**
   * From columns, one entry a node; nodes that the root does not reach are left alone.
   *
   * @param left node for smaller values, {@link #NONE} at a leaf
   * @param right node for the others
   * @param feature what is compared; not read at a leaf
   * @param value what it is compared with; at a leaf what the tree adds to the margin
   * @param missingLeft whether a missing value goes left
   * @param cover weight of the training rows that passed, not negative
   * @throws IllegalArgumentException if the columns are no tree
   */
  public Tree(
      int[] left, int[] right, int[] feature, float[] value, boolean[] missingLeft, float[] cover) {
    int nodes = left.length;
    if (nodes == 0
        || right.length != nodes
        || feature.length != nodes
        || value.length != nodes
        || missingLeft.length != nodes
        || cover.length != nodes) {
      throw new IllegalArgumentException("a tree's columns must have the same length, 1 or more");
    }
    this.left = left.clone();
    this.right = right.clone();
    this.feature = feature.clone();
    this.value = value.clone();
    this.missingLeft = missingLeft.clone();
    this.cover = cover.clone();
    this.depth = checkedDepth();
  }

  private int checkedDepth() {
    int[] level = new int[left.length];
    boolean[] reached = new boolean[left.length];
    reached[0] = true;
    Deque<Integer> open = new ArrayDeque<>();
    open.add(0);
    int deepest = 0;
    for (Integer node = open.poll(); node != null; node = open.poll()) {
      check(node);
      deepest = Math.max(deepest, level[node]);
      if (!leaf(node)) {
        for (int child : new int[] {left[node], right[node]}) {
          if (child < 0 || child >= left.length || reached[child]) {
            throw new IllegalArgumentException("node " + node + " has no proper child " + child);
          }
          reached[child] = true;
          level[child] = level[node] + 1;
          open.add(child);
        }
      }
    }
    return deepest;
  }

  private void check(int node) {
    if (Float.isNaN(value[node]) || !(cover[node] >= 0)) {
      throw new IllegalArgumentException("node " + node + " has no number where one is due");
    }
    if (!leaf(node) && feature[node] < 0) {
      throw new IllegalArgumentException("node " + node + " compares feature " + feature[node]);
    }
  }

  /** Number of nodes, also those that the root does not reach. */
  public int nodes() {
    return left.length;
  }

  /** Comparisons on the longest way from the root to a leaf; 0 if the root is a leaf. */
  public int depth() {
    return depth;
  }

  /** True if the node ends the way. */
  public boolean leaf(int node) {
    return left[node] < 0;
  }

  /** Node for values below {@link #value}. */
  public int left(int node) {
    return left[node];
  }

  /** Node for the other values. */
  public int right(int node) {
    return right[node];
  }

  /** Index of the feature that is compared. */
  public int feature(int node) {
    return feature[node];
  }

  /** What the feature is compared with; at a leaf what the tree adds to the margin. */
  public float value(int node) {
    return value[node];
  }

  /** True if a missing value goes left. */
  public boolean missingLeft(int node) {
    return missingLeft[node];
  }

  /** Weight of the training rows that passed: XGBoost's sum of hessians, LightGBM's count. */
  public float cover(int node) {
    return cover[node];
  }

  /** True if a value goes left at a node. */
  public boolean goesLeft(int node, float x) {
    return Float.isNaN(x) ? missingLeft[node] : x < value[node];
  }
}
