package dev.tidegate.scoring.forest;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Trees too deep to be filled up: breadth first, siblings side by side, each node with the place of
 * its left child. A way ends at its leaf, which takes a branch a step. Time the way's length a tree
 * and row; memory 12 bytes a node.
 */
final class LinkedTrees implements TreeLayout {
  private final int[] roots;
  private final long[] nodes;

  /** Place of the left child, the right one follows; at a leaf the bits of its value. */
  private final int[] links;

  private final boolean[] leaf;

  LinkedTrees(Forest forest) {
    int size = forest.trees().stream().mapToInt(Tree::nodes).reduce(0, Math::addExact);
    roots = new int[forest.trees().size()];
    nodes = new long[size];
    links = new int[size];
    leaf = new boolean[size];
    int next = 0;
    for (int tree = 0; tree < roots.length; tree++) {
      roots[tree] = next;
      next = lay(forest.trees().get(tree), next);
    }
  }

  private int lay(Tree tree, int root) {
    Deque<Integer> open = new ArrayDeque<>();
    open.add(0);
    int at = root;
    int next = root + 1;
    for (Integer node = open.poll(); node != null; node = open.poll()) {
      leaf[at] = tree.leaf(node);
      if (leaf[at]) {
        links[at] = Float.floatToRawIntBits(tree.value(node));
      } else {
        int slot = FloatKeys.slot(tree.feature(node), tree.missingLeft(node));
        nodes[at] = FloatKeys.node(tree.value(node), slot);
        links[at] = next;
        open.add(tree.left(node));
        open.add(tree.right(node));
        next += 2;
      }
      at++;
    }
    return next;
  }

  @Override
  public void addLeaves(int[] keys, int stride, int rows, float[] margins) {
    for (int root : roots) {
      for (int row = 0; row < rows; row++) {
        int at = root;
        while (!leaf[at]) {
          at = links[at] + FloatKeys.right(nodes[at], keys, row * stride);
        }
        margins[row] += Float.intBitsToFloat(links[at]);
      }
    }
  }
}
