package dev.tidegate.graphaml.temporal;

/** Signals of the two ends and of the pair that they are, and the sets of peers for searches. */
final class EndSignals {
  final SideScan sourceOut;
  final SideScan sourceIn;
  final SideScan targetOut;
  final SideScan targetIn;

  private final GraphState state;
  private final GatherScatter gatherScatter = new GatherScatter();

  EndSignals(GraphState state) {
    this.state = state;
    sourceOut = new SideScan(state, false, Ring.OUT);
    sourceIn = new SideScan(state, false, Ring.IN);
    targetOut = new SideScan(state, true, Ring.OUT);
    targetIn = new SideScan(state, true, Ring.IN);
  }

  /** Scans all four sides. */
  void find(Moment moment, Findings findings) {
    sourceOut.scan(moment, findings.values());
    sourceIn.scan(moment, findings.values());
    targetOut.scan(moment, findings.values());
    targetIn.scan(moment, findings.values());
    findings.set(Pattern.SOURCE_HUB, moment.sourceHub ? 1 : 0);
    findings.set(Pattern.TARGET_HUB, moment.targetHub ? 1 : 0);
    findings.set(Pattern.TOUCHES_HUB, touchesHub(moment) ? 1 : 0);
    findings.set(Pattern.SOURCE_ROUND_OUT, sourceOut.rounds);
    findings.set(Pattern.SOURCE_UNDER_OUT, sourceOut.unders);
    findings.set(Pattern.TARGET_ROUND_IN, targetIn.rounds);
    findings.set(Pattern.TARGET_UNDER_IN, targetIn.unders);
    findings.set(Pattern.SOURCE_RETAINED, retained(sourceIn, sourceOut));
    findings.set(Pattern.TARGET_RETAINED, retained(targetIn, targetOut));
    if (!moment.sourceHub) {
      findings.set(
          Pattern.SOURCE_GATHER_SCATTER, gatherScatter.width(sourceIn.peers, sourceOut.peers));
    }
    if (!moment.targetHub) {
      findings.set(
          Pattern.TARGET_GATHER_SCATTER, gatherScatter.width(targetIn.peers, targetOut.peers));
    }
    pair(moment, findings);
  }

  private static double retained(SideScan in, SideScan out) {
    return in.amount == 0 ? Double.NaN : (double) (in.amount - out.amount) / in.amount;
  }

  /** Either end's side knows all payments of the pair, unless it is longer than is looked at. */
  private void pair(Moment moment, Findings findings) {
    SideScan side = sourceOut.count <= state.hubs.degree() ? sourceOut : targetIn;
    if (side.count > state.hubs.degree()) {
      findings.set(Pattern.PAIR_COUNT, Double.NaN);
      findings.set(Pattern.PAIR_SINCE_MS, Double.NaN);
      findings.set(Pattern.PAIR_NEW, Double.NaN);
      return;
    }
    int others = side.pairs - 1;
    findings.set(Pattern.PAIR_COUNT, others);
    findings.set(
        Pattern.PAIR_SINCE_MS, others == 0 ? Double.NaN : (double) (side.pairAge - moment.age));
    findings.set(Pattern.PAIR_NEW, others == 0 ? 1 : 0);
  }

  private boolean touchesHub(Moment moment) {
    return moment.sourceHub
        || moment.targetHub
        || anyHub(moment, sourceIn.peers)
        || anyHub(moment, targetIn.peers)
        || anyHub(moment, targetOut.peers);
  }

  private boolean anyHub(Moment moment, PeerMap peers) {
    for (int i = 0; i < peers.size(); i++) {
      if (state.hubs.hub(moment, peers.peer(i))) {
        return true;
      }
    }
    return false;
  }
}
