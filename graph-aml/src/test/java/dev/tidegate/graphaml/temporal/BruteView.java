package dev.tidegate.graphaml.temporal;

import dev.tidegate.graphaml.temporal.BruteForce.Edge;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All payments up to a moment, the oldest first, equal times in the order in which they came. */
record BruteView(GraphSettings settings, List<Edge> seen, Set<Long> hubs, long timeMs) {
  /** Payments of one side of an account within a window. */
  List<Edge> side(long account, boolean out, long windowMs) {
    return seen.stream()
        .filter(edge -> (out ? edge.from() : edge.to()) == account)
        .filter(edge -> edge.timeMs() > timeMs - windowMs)
        .toList();
  }

  List<Edge> out(long account) {
    return side(account, true, settings.patternWindow().ms());
  }

  List<Edge> in(long account) {
    return side(account, false, settings.patternWindow().ms());
  }

  boolean hub(long account) {
    return hubs.contains(account)
        || out(account).size() + in(account).size() > settings.limits().hubDegree();
  }

  /** The newest of them, as many as a hub's degree. */
  List<Edge> lookedAt(List<Edge> edges) {
    int most = settings.limits().hubDegree();
    return edges.subList(Math.max(0, edges.size() - most), edges.size());
  }

  Set<Long> payers(long account) {
    return peers(in(account), false);
  }

  Set<Long> payees(long account) {
    return peers(out(account), true);
  }

  /** Distinct other ends. */
  static Set<Long> peers(List<Edge> edges, boolean out) {
    return edges.stream()
        .filter(edge -> !edge.loop())
        .map(edge -> out ? edge.to() : edge.from())
        .collect(Collectors.toSet());
  }
}
