package dev.tidegate.scoring.reasons;

/** What groups of a row's values add to its margin. */
interface Attribution extends AutoCloseable {
  /** Number of values in a row. */
  int width();

  /**
   * Attributes a row's margin.
   *
   * @param groups number of each value's group, from 0
   * @param count of groups
   * @throws IllegalArgumentException if the row has another width
   */
  Parts of(float[] row, int[] groups, int count);

  /** Frees what it holds. */
  @Override
  default void close() {}

  /** An answer. */
  final class Parts {
    private final double expectedMargin;
    private final double margin;
    private final double[] byGroup;
    private final int[] heaviest;

    /**
     * An answer.
     *
     * @param expectedMargin log odds of a row of which nothing is known
     * @param margin log odds of this row
     * @param byGroup log odds that each group adds
     * @param heaviest of each group the value that adds most, the first of several; -1 for a group
     *     that was not looked into
     */
    Parts(double expectedMargin, double margin, double[] byGroup, int[] heaviest) {
      this.expectedMargin = expectedMargin;
      this.margin = margin;
      this.byGroup = byGroup;
      this.heaviest = heaviest;
    }

    double expectedMargin() {
      return expectedMargin;
    }

    double margin() {
      return margin;
    }

    double byGroup(int group) {
      return byGroup[group];
    }

    int heaviest(int group) {
      return heaviest[group];
    }
  }
}
