package dev.tidegate.scoring.forest;

/** Trees laid out for walking. Immutable, shared by all instances of a model. */
interface TreeLayout {
  /**
   * Adds each tree's leaf to each row's margin, tree by tree in their order, so that a margin has
   * the same bits in any company.
   *
   * @param keys rows as {@link FloatKeys}, {@code stride} a row
   * @param margins one a row
   */
  void addLeaves(int[] keys, int stride, int rows, float[] margins);

  /** The faster layout that fits. */
  static TreeLayout of(Forest forest) {
    return PerfectTrees.suit(forest) ? new PerfectTrees(forest) : new LinkedTrees(forest);
  }
}
