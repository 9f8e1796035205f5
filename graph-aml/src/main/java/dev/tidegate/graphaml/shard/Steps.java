package dev.tidegate.graphaml.shard;

/** Payments that one search may still look at, and those that it had to leave out. */
final class Steps {
  private int left;
  private double dropped;

  void renew(int most) {
    left = most;
    dropped = 0;
  }

  /** Whether the search may look at so many payments; if not, they count as dropped. */
  boolean take(int payments) {
    if (payments > left) {
      dropped += payments;
      return false;
    }
    left -= payments;
    return true;
  }

  double dropped() {
    return dropped;
  }
}
