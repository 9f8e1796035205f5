package dev.tidegate.scoring.forest;

/**
 * Every tree filled up to the same depth d and stored without links: node i's children are 2i and
 * 2i + 1, the root is 1, the leaf is what i becomes after d steps. A way is d times the same few
 * instructions without a branch, so no branch is mispredicted; four ways are walked at once, so
 * that one's loads do not wait for another's. Time d a tree and row; memory 12 * 2^d bytes a tree.
 */
final class PerfectTrees implements TreeLayout {
  /** Deepest trees that are filled up whatever their shape: 12 KiB each. */
  static final int DEEPEST = 10;

  /** Deepest that are filled up if there is little to fill: 48 KiB each. */
  static final int DEEPEST_FULL = 12;

  private static final long MOST_NODES = 1L << 28;

  private final int depth;
  private final int trees;
  private final long[] nodes;
  private final float[] leaves;

  PerfectTrees(Forest forest) {
    depth = forest.depth();
    trees = forest.trees().size();
    nodes = new long[trees << depth];
    leaves = new float[trees << depth];
    for (int tree = 0; tree < trees; tree++) {
      fill(forest.trees().get(tree), 0, tree << depth, 1);
    }
  }

  /** True if filling up costs little: the trees are not deep, or nearly full as they are. */
  static boolean suit(Forest forest) {
    int depth = forest.depth();
    long nodes = forest.trees().stream().mapToLong(Tree::nodes).sum();
    long filled = (long) forest.trees().size() << (depth + 1);
    if (filled > MOST_NODES) {
      return false;
    }
    return depth <= DEEPEST || (depth <= DEEPEST_FULL && nodes >= filled / 4);
  }

  /** Copies a subtree to place {@code at}; below a leaf all ways lead to copies of it. */
  private void fill(Tree tree, int node, int root, int at) {
    if (at >= 1 << depth) {
      leaves[root + at - (1 << depth)] = tree.value(node);
      return;
    }
    boolean leaf = tree.leaf(node);
    nodes[root + at] =
        leaf
            ? FloatKeys.alwaysLeft()
            : FloatKeys.node(
                tree.value(node), FloatKeys.slot(tree.feature(node), tree.missingLeft(node)));
    fill(tree, leaf ? node : tree.left(node), root, 2 * at);
    fill(tree, leaf ? node : tree.right(node), root, 2 * at + 1);
  }

  @Override
  public void addLeaves(int[] keys, int stride, int rows, float[] margins) {
    int together = rows & ~3;
    if (together > 0) {
      fourRowsAtOnce(keys, stride, together, margins);
    }
    for (int row = together; row < rows; row++) {
      margins[row] = fourTreesAtOnce(keys, row * stride, margins[row]);
    }
  }

  private void fourRowsAtOnce(int[] keys, int stride, int rows, float[] margins) {
    int shift = 1 << depth;
    for (int tree = 0; tree < trees; tree++) {
      int root = tree << depth;
      for (int row = 0; row < rows; row += 4) {
        int first = row * stride;
        int a = 1;
        int b = 1;
        int c = 1;
        int d = 1;
        for (int level = 0; level < depth; level++) {
          a = 2 * a + FloatKeys.right(nodes[root + a], keys, first);
          b = 2 * b + FloatKeys.right(nodes[root + b], keys, first + stride);
          c = 2 * c + FloatKeys.right(nodes[root + c], keys, first + 2 * stride);
          d = 2 * d + FloatKeys.right(nodes[root + d], keys, first + 3 * stride);
        }
        int leaf = root - shift;
        margins[row] += leaves[leaf + a];
        margins[row + 1] += leaves[leaf + b];
        margins[row + 2] += leaves[leaf + c];
        margins[row + 3] += leaves[leaf + d];
      }
    }
  }

  private float fourTreesAtOnce(int[] keys, int row, float base) {
    float margin = base;
    int size = 1 << depth;
    int together = trees & ~3;
    for (int tree = 0; tree < together; tree += 4) {
      int root = tree << depth;
      int a = 1;
      int b = 1;
      int c = 1;
      int d = 1;
      for (int level = 0; level < depth; level++) {
        a = 2 * a + FloatKeys.right(nodes[root + a], keys, row);
        b = 2 * b + FloatKeys.right(nodes[root + size + b], keys, row);
        c = 2 * c + FloatKeys.right(nodes[root + 2 * size + c], keys, row);
        d = 2 * d + FloatKeys.right(nodes[root + 3 * size + d], keys, row);
      }
      // Written one by one: the order of the additions is part of the answer.
      margin += leaves[root - size + a];
      margin += leaves[root + b];
      margin += leaves[root + size + c];
      margin += leaves[root + 2 * size + d];
    }
    for (int tree = together; tree < trees; tree++) {
      int root = tree << depth;
      int at = 1;
      for (int level = 0; level < depth; level++) {
        at = 2 * at + FloatKeys.right(nodes[root + at], keys, row);
      }
      margin += leaves[root - size + at];
    }
    return margin;
  }
}
