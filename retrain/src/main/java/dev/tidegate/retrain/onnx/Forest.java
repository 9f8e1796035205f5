package dev.tidegate.retrain.onnx;

import java.util.List;

/**
 * Boosted trees: the score of a row is the logistic function of the base margin plus the leaf of
 * each tree.
 *
 * @param features width of a row
 * @param baseMargin log odds before any tree
 * @param trees the trees, in the order they were grown
 */
public record Forest(int features, float baseMargin, List<Tree> trees) {
  /** Copies the list. */
  public Forest {
    trees = List.copyOf(trees);
  }
}
