package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cycles that a payment from s to d closes: payments d to v1, v1 to v2, ... back to s and then this
 * one, all within the window, times never falling (equal times may follow each other), every
 * account once, no hub among them. Payments tell cycles apart, so parallel payments make several.
 *
 * <p>Cycles of more than {@value GraphSettings#COUNTED_HOPS} payments, where they are asked for,
 * are looked for in a second search with steps and a list of its own. What it finds, and what it
 * leaves out, is counted where the settings say so; else no signal depends on it.
 *
 * <p>Depth first from d, the newest payment first; what cannot reach s in the hops left is cut by
 * the layers of {@link Upstream}. Cost is bounded by the steps of the settings; a full search of h
 * hops over n payments an account looks at no more than n^(h-4) beside what lies on a walk to s.
 */
final class CycleSearch {
  private static final Pattern[] COUNTS = {
    Pattern.CYCLES_2, Pattern.CYCLES_3, Pattern.CYCLES_4, Pattern.CYCLES_5, Pattern.CYCLES_6
  };
  private static final int SHORTEST = 2;

  private final GraphState state;
  private final int hops;
  private final int listed;
  private final Steps steps;
  private final Upstream upstream;
  private final int[] path = new int[GraphSettings.MOST_HOPS];
  private final int[] entries = new int[GraphSettings.MOST_HOPS];
  private final Ring[] rings = new Ring[GraphSettings.MOST_HOPS];
  private final int[] counts = new int[COUNTS.length];
  private int found;
  private int conserved;
  private int shortest;
  private int longest;
  private int least;
  private int most;

  CycleSearch(GraphState state, Upstream upstream) {
    this.state = state;
    this.upstream = upstream;
    hops = state.settings.limits().cycleHops();
    listed = state.settings.limits().listedPaths();
    steps = new Steps(state.settings.limits().searchSteps());
    Arrays.setAll(rings, i -> new Ring());
  }

  /** Finds the cycles, once the layers upstream of the source are known. */
  void find(Moment moment, Findings findings) {
    steps.renew();
    Arrays.fill(counts, 0);
    found = 0;
    conserved = 0;
    boolean open = moment.source != moment.target && !moment.sourceHub && !moment.targetHub;
    if (open) {
      search(moment, SHORTEST, Math.min(hops, GraphSettings.COUNTED_HOPS), findings);
    }
    for (int i = 0; i < COUNTS.length; i++) {
      findings.set(COUNTS[i], counts[i]);
    }
    findings.set(Pattern.CYCLES_CONSERVED, conserved);
    findings.set(Pattern.CYCLES_UNLISTED, found - findings.cycles().size());
    findings.add(Pattern.SEARCH_DROPPED, steps.dropped());
    if (hops > GraphSettings.COUNTED_HOPS) {
      longer(moment, open, findings);
    }
  }

  private void longer(Moment moment, boolean open, Findings findings) {
    steps.renew();
    found = 0;
    least = Integer.MAX_VALUE;
    most = 0;
    if (open) {
      search(moment, GraphSettings.COUNTED_HOPS + 1, hops, findings);
    }
    if (state.settings.limits().countsLonger()) {
      findings.set(Pattern.CYCLES_LONGER, found);
      findings.set(Pattern.CYCLES_LONGER_LEAST, found == 0 ? Double.NaN : least);
      findings.set(Pattern.CYCLES_LONGER_MOST, found == 0 ? Double.NaN : most);
      findings.add(Pattern.SEARCH_DROPPED, steps.dropped());
    }
  }

  private void search(Moment moment, int fewest, int furthest, Findings findings) {
    shortest = fewest;
    longest = furthest;
    path[0] = moment.target;
    follow(moment, 0, moment.border, findings);
  }

  /** Follows payments of the path's last account that are younger than a border. */
  private void follow(Moment moment, int depth, long border, Findings findings) {
    Ring ring = rings[depth];
    moment.open(state.adjacency, ring, path[depth], Ring.OUT);
    int end = ring.olderThanOrAt(moment.age);
    int begin = ring.olderThanOrAt(border);
    if (!steps.take(end - begin)) {
      return;
    }
    // Payments that a path may still have between the next account and the source.
    int left = longest - SHORTEST - depth;
    for (int i = end - 1; i >= begin; i--) {
      long word = ring.word(i);
      int peer = Ring.peer(word);
      if (peer == moment.source) {
        entries[depth] = i;
        close(moment, depth, findings);
      } else if (left > 0) {
        long age = Times.age(ring.newest, word);
        if (upstream.reaches(peer, age, left)
            && !onPath(peer, depth)
            && !state.hubs.hub(moment, peer)) {
          entries[depth] = i;
          path[depth + 1] = peer;
          follow(moment, depth + 1, age + 1, findings);
        }
      }
    }
  }

  private boolean onPath(int account, int depth) {
    for (int i = 0; i <= depth; i++) {
      if (path[i] == account) {
        return true;
      }
    }
    return false;
  }

  private void close(Moment moment, int depth, Findings findings) {
    if (depth + SHORTEST < shortest) {
      return;
    }
    found++;
    least = Math.min(least, depth + SHORTEST);
    most = Math.max(most, depth + SHORTEST);
    if (depth < COUNTS.length) {
      counts[depth]++;
      conserved += conserves(moment, depth) ? 1 : 0;
    }
    if (found <= listed) {
      findings.addCycle(hops(moment, depth));
    }
  }

  private boolean conserves(Moment moment, int depth) {
    for (int i = 0; i <= depth; i++) {
      long next = i == depth ? moment.value : rings[i + 1].value(entries[i + 1]);
      if (!state.settings.sameMoney(rings[i].value(entries[i]), next)) {
        return false;
      }
    }
    return true;
  }

  private List<Hop> hops(Moment moment, int depth) {
    List<Hop> cycle = new ArrayList<>(depth + SHORTEST);
    long newestMs = moment.timeMs + moment.age;
    for (int i = 0; i <= depth; i++) {
      Ring ring = rings[i];
      int entry = entries[i];
      long to = state.accounts.key(i == depth ? moment.source : path[i + 1]);
      cycle.add(
          new Hop(
              ring.id(entry),
              state.accounts.key(path[i]),
              to,
              newestMs - ring.age(entry),
              ring.value(entry)));
    }
    cycle.add(
        new Hop(
            moment.paymentId,
            state.accounts.key(moment.source),
            state.accounts.key(moment.target),
            moment.timeMs,
            moment.value));
    return List.copyOf(cycle);
  }
}
