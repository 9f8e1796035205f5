package dev.tidegate.graphaml.temporal;

import java.util.Arrays;

/**
 * Scatter-gather: how many distinct accounts passed money from one origin on to the target, the
 * payment's source among them. An account m counts for an origin o if o paid m no later than m last
 * paid the target. Hubs are not looked into. Cost is the payments into all payers of the target.
 */
final class MiddlemenSearch {
  private final GraphState state;
  private final Steps steps;
  private final Ring ring = new Ring();
  private int[] counts = new int[16];
  private int[] lastCounted = new int[16];
  private int best;

  MiddlemenSearch(GraphState state) {
    this.state = state;
    steps = new Steps(state.settings.limits().searchSteps());
  }

  /**
   * Finds the widest scatter-gather.
   *
   * @param origins payers of the source other than the target, the newest first
   * @param payers payers of the target, the newest first
   */
  void find(Moment moment, PeerMap origins, PeerMap payers, Findings findings) {
    steps.renew();
    if (moment.sourceHub || moment.targetHub || moment.source == moment.target) {
      return;
    }
    if (origins.size() == 0) {
      return;
    }
    if (counts.length < origins.size()) {
      counts = new int[2 * origins.size()];
      lastCounted = new int[2 * origins.size()];
    }
    Arrays.fill(counts, 0, origins.size(), 0);
    Arrays.fill(lastCounted, 0, origins.size(), PeerMap.NONE);
    for (int i = 0; i < payers.size(); i++) {
      count(moment, origins, payers, i);
    }
    best = 0;
    int several = 0;
    for (int o = 0; o < origins.size(); o++) {
      best = counts[o] > counts[best] ? o : best;
      several += counts[o] > 1 ? 1 : 0;
    }
    findings.set(Pattern.SCATTER_GATHER, counts[best]);
    findings.set(Pattern.SCATTER_GATHER_ORIGINS, several);
    findings.add(Pattern.SEARCH_DROPPED, steps.dropped());
    if (counts[best] > 1) {
      list(moment, origins.peer(best), payers, findings);
    }
  }

  private void count(Moment moment, PeerMap origins, PeerMap payers, int payer) {
    int middleman = payers.peer(payer);
    if (state.hubs.hub(moment, middleman) || !open(moment, payers, payer)) {
      return;
    }
    for (int i = ring.olderThanOrAt(payers.newest(payer)) - 1; i >= 0; i--) {
      long word = ring.word(i);
      if (Times.age(ring.newest, word) >= moment.border) {
        return;
      }
      int origin = origins.find(Ring.peer(word));
      if (origin != PeerMap.NONE
          && origins.peer(origin) != middleman
          && lastCounted[origin] != payer) {
        lastCounted[origin] = payer;
        counts[origin]++;
      }
    }
  }

  /** Opens the payments into a payer, if there are steps for those that count. */
  private boolean open(Moment moment, PeerMap payers, int payer) {
    moment.open(state.adjacency, ring, payers.peer(payer), Ring.IN);
    int end = ring.olderThanOrAt(payers.newest(payer));
    return steps.take(end - ring.olderThanOrAt(moment.border));
  }

  /** Lists what the origin paid each middleman, and each paid on: the latest that fit. */
  private void list(Moment moment, int origin, PeerMap payers, Findings findings) {
    steps.renew();
    for (int p = 0; p < payers.size(); p++) {
      int middleman = payers.peer(p);
      if (state.hubs.hub(moment, middleman) || !open(moment, payers, p) || origin == middleman) {
        continue;
      }
      for (int i = ring.olderThanOrAt(payers.newest(p)) - 1; i >= 0; i--) {
        long age = ring.age(i);
        if (age >= moment.border) {
          break;
        }
        if (Ring.peer(ring.word(i)) == origin) {
          findings.addMiddleman(
              hop(moment, origin, middleman, age),
              hop(moment, middleman, moment.target, payers.newest(p)));
          break;
        }
      }
    }
  }

  /** The last payment between two accounts at an age. */
  private Hop hop(Moment moment, int from, int to, long age) {
    Ring out = new Ring();
    moment.open(state.adjacency, out, from, Ring.OUT);
    int i = out.olderThanOrAt(age) - 1;
    while (Ring.peer(out.word(i)) != to) {
      i--;
    }
    return new Hop(
        out.id(i),
        state.accounts.key(from),
        state.accounts.key(to),
        moment.timeMs + moment.age - age,
        out.value(i));
  }
}
