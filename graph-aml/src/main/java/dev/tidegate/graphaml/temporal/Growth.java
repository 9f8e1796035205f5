package dev.tidegate.graphaml.temporal;

/** How arrays over accounts grow: by a quarter, so that little of them stands empty. */
final class Growth {
  private Growth() {}

  /** The next length that holds what is needed. */
  static int of(int length, int needed) {
    long grown = length + (long) (length >> 2) + 16;
    if (needed < 0) {
      throw new IllegalStateException("more accounts than the graph can number");
    }
    return (int) Math.max(needed, Math.min(grown, Integer.MAX_VALUE - 16));
  }
}
