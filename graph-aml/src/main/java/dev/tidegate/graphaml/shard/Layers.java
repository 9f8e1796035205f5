package dev.tidegate.graphaml.shard;

/**
 * From where money can have come to the source, as far as answers tell: accounts one, two and three
 * hops up, each with the latest moment at which it can have sent money on.
 */
final class Layers {
  static final int COUNT = 3;

  private final Peers[] layers = {new Peers(), new Peers(), new Peers()};

  /** Finds so many layers; the others are empty. */
  void find(Inquiry inquiry, int count) {
    for (Peers layer : layers) {
      layer.clear();
    }
    if (inquiry.sourceHub()) {
      return;
    }
    climb(inquiry, inquiry.about.source(), inquiry.about.timeMs(), layers[0]);
    for (int k = 1; k < count; k++) {
      Peers from = layers[k - 1];
      for (int i = 0; i < from.size(); i++) {
        climb(inquiry, from.account(i), from.latestMs(i), layers[k]);
      }
    }
  }

  private static void climb(Inquiry inquiry, long account, long untilMs, Peers to) {
    Trail in = inquiry.in(account);
    for (int i = in.until(untilMs) - 1; i >= 0; i--) {
      if (!inquiry.isEnd(in.peer(i))) {
        to.put(in.peer(i), in.timeMs(i));
      }
    }
  }

  Peers layer(int k) {
    return layers[k];
  }

  /**
   * Whether money that reached an account at a time can reach the source in so many payments; true
   * where it is not known.
   */
  boolean reaches(long account, long timeMs, int hops) {
    int known = Math.min(hops, COUNT);
    for (int k = 0; k < known; k++) {
      int place = layers[k].find(account);
      if (place != Peers.NONE && layers[k].latestMs(place) >= timeMs) {
        return true;
      }
    }
    return hops > COUNT && layers[COUNT - 1].size() > 0;
  }
}
