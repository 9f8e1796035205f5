package dev.tidegate.graphaml.temporal;

/**
 * From where money can have come to the source: layers of accounts one, two and three hops up, each
 * with the latest moment at which it can have sent money on. Walks, not paths: an account may be in
 * several layers; source and target are in none. Hubs are met and not passed. Each account of a
 * layer is looked at once, so cost is the payments of two layers' accounts.
 */
final class Upstream {
  /** Layers. */
  static final int LAYERS = 3;

  private static final Pattern[] SIZES = {
    Pattern.UPSTREAM_1, Pattern.UPSTREAM_2, Pattern.UPSTREAM_3
  };

  private final GraphState state;
  private final Steps steps;
  private final Ring ring = new Ring();
  private final PeerMap[] layers = {new PeerMap(), new PeerMap(), new PeerMap()};

  Upstream(GraphState state) {
    this.state = state;
    steps = new Steps(state.settings.limits().searchSteps());
  }

  /** Finds the layers, given the source's payers. */
  void find(Moment moment, PeerMap payers, Findings findings) {
    for (PeerMap layer : layers) {
      layer.clear();
    }
    steps.renew();
    if (!moment.sourceHub) {
      for (int i = 0; i < payers.size(); i++) {
        put(moment, layers[0], payers.peer(i), payers.newest(i));
      }
      for (int k = 1; k < LAYERS; k++) {
        climb(moment, layers[k - 1], layers[k]);
      }
    }
    int wide = 0;
    for (int k = 0; k < LAYERS; k++) {
      findings.set(SIZES[k], layers[k].size());
      wide += wide == k && layers[k].size() > 1 ? 1 : 0;
    }
    findings.set(Pattern.STACK_LAYERS, wide);
    findings.add(Pattern.SEARCH_DROPPED, steps.dropped());
  }

  private static void put(Moment moment, PeerMap layer, int account, long age) {
    if (account != moment.source && account != moment.target) {
      layer.put(account, age);
    }
  }

  private void climb(Moment moment, PeerMap from, PeerMap to) {
    for (int i = 0; i < from.size(); i++) {
      int account = from.peer(i);
      if (state.hubs.hub(moment, account)) {
        continue;
      }
      moment.open(state.adjacency, ring, account, Ring.IN);
      int end = ring.olderThanOrAt(from.newest(i));
      int begin = ring.olderThanOrAt(moment.border);
      if (steps.take(end - begin)) {
        for (int j = end - 1; j >= begin; j--) {
          long word = ring.word(j);
          if (Ring.peer(word) != account) {
            put(moment, to, Ring.peer(word), Times.age(ring.newest, word));
          }
        }
      }
    }
  }

  /** The source's payers other than the target. */
  PeerMap payers() {
    return layers[0];
  }

  /**
   * Whether money that reached an account with this age can reach the source in so many payments;
   * true where it is not known.
   */
  boolean reaches(int account, long age, int hops) {
    int known = Math.min(hops, LAYERS);
    for (int k = 0; k < known; k++) {
      int place = layers[k].find(account);
      if (place != PeerMap.NONE && layers[k].newest(place) <= age) {
        return true;
      }
    }
    // Beyond the layers there is something only if the last one is not empty.
    return hops > LAYERS && layers[LAYERS - 1].size() > 0;
  }
}
