package dev.tidegate.retrain.onnx;

/**
 * One binary tree as columns, node 0 the root. A row goes left where its value is below the node's;
 * a missing value goes where the node says. Immutable.
 */
public final class Tree {
  private final int[] left;
  private final int[] right;
  private final int[] feature;
  private final float[] value;
  private final boolean[] missingLeft;

  Tree(int[] left, int[] right, int[] feature, float[] value, boolean[] missingLeft) {
    this.left = left;
    this.right = right;
    this.feature = feature;
    this.value = value;
    this.missingLeft = missingLeft;
  }

  /** Number of nodes. */
  public int nodes() {
    return left.length;
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
}
