package dev.tidegate.graphaml.temporal;

/** Payments that one search may still look at, and those that it had to leave out. */
final class Steps {
  private final int most;
  private int left;
  private double dropped;

  Steps(int most) {
    this.most = most;
  }

  void renew() {
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
