package dev.tidegate.graphaml.temporal;

/** How soon the source passes money on. */
final class PassThrough {
  private final GraphState state;
  private final Ring ring = new Ring();

  PassThrough(GraphState state) {
    this.state = state;
  }

  /**
   * Looks for the newest payment into the source, and the newest of about the payment's amount,
   * among its newest payments in, at most as many as a hub's degree.
   */
  void find(Moment moment, Findings findings) {
    moment.open(state.adjacency, ring, moment.source, Ring.IN);
    int end = ring.olderThanOrAt(moment.age);
    int begin = Math.max(ring.olderThanOrAt(moment.border), end - state.hubs.degree());
    double last = Double.NaN;
    double matched = Double.NaN;
    for (int i = end - 1; i >= begin && Double.isNaN(matched); i--) {
      long word = ring.word(i);
      if (Ring.peer(word) == moment.source) {
        continue;
      }
      double since = Times.age(ring.newest, word) - moment.age;
      last = Double.isNaN(last) ? since : last;
      if (state.settings.sameMoney(ring.value(i), moment.value)) {
        matched = since;
      }
    }
    findings.set(Pattern.PASS_THROUGH_MS, last);
    findings.set(Pattern.PASS_THROUGH_MATCHED_MS, matched);
  }
}
