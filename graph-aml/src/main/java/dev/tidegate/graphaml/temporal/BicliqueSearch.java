package dev.tidegate.graphaml.temporal;

/**
 * The payment as an edge of a dense bipartite part: other payers of the target that share another
 * payee with the source, and the payees they share. Order in time does not matter. Hubs are not
 * looked into. Cost is the payments out of all payers of the target.
 */
final class BicliqueSearch {
  private final GraphState state;
  private final Steps steps;
  private final Ring ring = new Ring();
  private final PeerMap shared = new PeerMap();

  BicliqueSearch(GraphState state) {
    this.state = state;
    steps = new Steps(state.settings.limits().searchSteps());
  }

  /**
   * Finds both sides.
   *
   * @param payees whom the source paid
   * @param payers who paid the target
   */
  void find(Moment moment, PeerMap payees, PeerMap payers, Findings findings) {
    steps.renew();
    shared.clear();
    int sharing = 0;
    boolean looks =
        !moment.sourceHub
            && !moment.targetHub
            && moment.source != moment.target
            && payees.size() > 1;
    for (int i = 0; looks && i < payers.size(); i++) {
      int payer = payers.peer(i);
      if (payer != moment.source && !state.hubs.hub(moment, payer)) {
        sharing += shares(moment, payees, payer) ? 1 : 0;
      }
    }
    findings.set(Pattern.BIPARTITE_PAYERS, sharing);
    findings.set(Pattern.BIPARTITE_PAYEES, shared.size());
    findings.add(Pattern.SEARCH_DROPPED, steps.dropped());
  }

  private boolean shares(Moment moment, PeerMap payees, int payer) {
    moment.open(state.adjacency, ring, payer, Ring.OUT);
    int end = ring.olderThanOrAt(moment.age);
    int begin = ring.olderThanOrAt(moment.border);
    if (!steps.take(end - begin)) {
      return false;
    }
    boolean shares = false;
    for (int i = end - 1; i >= begin; i--) {
      int payee = Ring.peer(ring.word(i));
      if (payee != moment.target && payee != payer && payees.has(payee)) {
        shared.put(payee, 0);
        shares = true;
      }
    }
    return shares;
  }
}
