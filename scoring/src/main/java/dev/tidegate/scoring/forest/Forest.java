package dev.tidegate.scoring.forest;

import java.util.List;

/**
 * Boosted trees: the score of a row is the logistic function of its margin, and the margin is the
 * base margin plus the leaf of each tree, added as float32 in the order of the list, as XGBoost
 * adds.
 *
 * @param features width of a row, 1 or more
 * @param baseMargin log odds before any tree
 * @param trees the trees, in the order they were grown
 */
public record Forest(int features, float baseMargin, List<Tree> trees) {
  /** Copies the list. */
  public Forest {
    trees = List.copyOf(trees);
    if (features < 1 || !Float.isFinite(baseMargin)) {
      throw new IllegalArgumentException(
          "a forest of " + features + " features with base margin " + baseMargin);
    }
    for (Tree tree : trees) {
      for (int node = 0; node < tree.nodes(); node++) {
        if (!tree.leaf(node) && tree.feature(node) >= features) {
          throw new IllegalArgumentException(
              "a tree compares feature " + tree.feature(node) + " of " + features);
        }
      }
    }
  }

  /** Depth of the deepest tree. */
  public int depth() {
    return trees.stream().mapToInt(Tree::depth).max().orElse(0);
  }

  /** Probability of a margin. {@code StrictMath}, so that every machine gives the same bits. */
  public static float probability(float margin) {
    return (float) (1 / (1 + StrictMath.exp(-margin)));
  }
}
