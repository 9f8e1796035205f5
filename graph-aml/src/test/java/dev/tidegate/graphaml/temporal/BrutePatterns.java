package dev.tidegate.graphaml.temporal;

import dev.tidegate.graphaml.temporal.BruteForce.Edge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Patterns around one payment by trying every way. */
final class BrutePatterns {
  private final GraphSettings settings;
  private final BruteView view;
  private final Edge edge;
  private final long s;
  private final long d;
  private final boolean ends;
  private final Map<String, Double> signals = new LinkedHashMap<>();
  private final Set<List<Long>> cycles = new HashSet<>();
  private int conserved;

  BrutePatterns(GraphSettings settings, BruteView view, Edge edge) {
    this.settings = settings;
    this.view = view;
    this.edge = edge;
    s = edge.from();
    d = edge.to();
    ends = s != d && !view.hub(s) && !view.hub(d);
    hubs();
    pair();
    structuring();
    passThrough();
    put("source_gather_scatter", view.hub(s) ? 0 : gatherScatter(s));
    put("target_gather_scatter", view.hub(d) ? 0 : gatherScatter(d));
    scatterGather();
    bipartite();
    upstream();
    allCycles();
    if (settings.limits().followsMoney()) {
      trail();
    }
    put("search_dropped", 0);
  }

  Map<String, Double> signals() {
    return signals;
  }

  Set<List<Long>> cycles() {
    return cycles;
  }

  private void put(String name, double value) {
    signals.put(name, value);
  }

  private void hubs() {
    put("source_hub", view.hub(s) ? 1 : 0);
    put("target_hub", view.hub(d) ? 1 : 0);
    boolean touches =
        Stream.of(Set.of(s), Set.of(d), view.payers(s), view.payers(d), view.payees(d))
            .flatMap(Set::stream)
            .anyMatch(view::hub);
    put("touches_hub", touches ? 1 : 0);
  }

  private void pair() {
    int most = settings.limits().hubDegree();
    if (view.out(s).size() > most && view.in(d).size() > most) {
      Stream.of("pair_count", "pair_since_ms", "pair_new").forEach(name -> put(name, Double.NaN));
      return;
    }
    List<Edge> earlier =
        view.out(s).stream().filter(other -> other.to() == d && !other.equals(edge)).toList();
    put("pair_count", earlier.size());
    put("pair_new", earlier.isEmpty() ? 1 : 0);
    put(
        "pair_since_ms",
        earlier.isEmpty() ? Double.NaN : edge.timeMs() - earlier.get(earlier.size() - 1).timeMs());
  }

  private void structuring() {
    List<Edge> out = view.lookedAt(view.out(s));
    List<Edge> in = view.lookedAt(view.in(d));
    put("source_round_out", count(out, this::round));
    put("source_under_out", count(out, this::under));
    put("target_round_in", count(in, this::round));
    put("target_under_in", count(in, this::under));
  }

  private static int count(List<Edge> edges, Predicate<Edge> which) {
    return (int) edges.stream().filter(which).count();
  }

  private boolean round(Edge other) {
    return settings.currencies().get(other.of().currency()).round(other.of().amountMinor());
  }

  private boolean under(Edge other) {
    return settings.currencies().get(other.of().currency()).justUnder(other.of().amountMinor());
  }

  private boolean same(Edge left, Edge right) {
    double larger = Math.max(left.value(), right.value());
    double smaller = Math.min(left.value(), right.value());
    return smaller >= 0 && larger - smaller <= settings.tolerance() * larger + 1e-9;
  }

  private void passThrough() {
    double last = Double.NaN;
    double matched = Double.NaN;
    for (Edge in : view.lookedAt(view.in(s))) {
      if (!in.loop()) {
        last = edge.timeMs() - in.timeMs();
        matched = same(in, edge) ? last : matched;
      }
    }
    put("pass_through_ms", last);
    put("pass_through_matched_ms", matched);
    put("source_retained", retained(s));
    put("target_retained", retained(d));
  }

  private void trail() {
    List<Edge> trail = new ArrayList<>(List.of(edge));
    List<Long> path = new ArrayList<>(List.of(d, s));
    Edge before = edge.loop() ? null : before(trail, path);
    while (before != null && trail.size() <= Trail.MOST_HOPS) {
      trail.add(before);
      path.add(before.from());
      before = before(trail, path);
    }
    Edge next = trail.get(Math.min(1, trail.size() - 1));
    Edge first = trail.get(trail.size() - 1);
    boolean none = trail.size() == 1;
    put("trail_hops", trail.size() - 1.0);
    put("trail_share", none ? Double.NaN : share(next));
    put("trail_since_ms", none ? Double.NaN : edge.timeMs() - next.timeMs());
    put("trail_origin_share", none ? Double.NaN : share(first));
    put("trail_origin_ms", none ? Double.NaN : edge.timeMs() - first.timeMs());
  }

  private double share(Edge of) {
    return of.value() == 0 ? Double.NaN : (double) edge.value() / of.value();
  }

  /** The newest that fits of the payments into the account that was come to; null if none does. */
  private @Nullable Edge before(List<Edge> trail, List<Long> path) {
    Edge after = trail.get(trail.size() - 1);
    long account = path.get(path.size() - 1);
    return view.hub(account)
        ? null
        : view.in(account).stream()
            .filter(in -> in.timeMs() <= after.timeMs() && in.value() >= after.value())
            .filter(in -> same(in, after) && !path.contains(in.from()))
            .max(
                Comparator.comparingLong(Edge::timeMs)
                    .thenComparing(Edge::value, Comparator.reverseOrder())
                    .thenComparing(Edge::from, Comparator.reverseOrder()))
            .orElse(null);
  }

  private double retained(long account) {
    double in = view.in(account).stream().mapToLong(Edge::value).sum();
    double out = view.out(account).stream().mapToLong(Edge::value).sum();
    return in == 0 ? Double.NaN : (in - out) / in;
  }

  private int gatherScatter(long account) {
    int widest = 0;
    for (Edge at : view.seen()) {
      int payers =
          BruteView.peers(
                  view.in(account).stream().filter(in -> in.timeMs() <= at.timeMs()).toList(),
                  false)
              .size();
      int payees =
          BruteView.peers(
                  view.out(account).stream().filter(out -> out.timeMs() >= at.timeMs()).toList(),
                  true)
              .size();
      widest = Math.max(widest, Math.min(payers, payees));
    }
    return widest;
  }

  private void scatterGather() {
    int widest = 0;
    int several = 0;
    if (ends) {
      for (long origin : view.payers(s)) {
        if (origin != d) {
          int middlemen = (int) view.payers(d).stream().filter(m -> passesOn(origin, m)).count();
          widest = Math.max(widest, middlemen);
          several += middlemen > 1 ? 1 : 0;
        }
      }
    }
    put("scatter_gather", widest);
    put("scatter_gather_origins", several);
  }

  private boolean passesOn(long origin, long middleman) {
    return !view.hub(middleman)
        && origin != middleman
        && view.in(middleman).stream()
            .filter(in -> in.from() == origin)
            .anyMatch(
                in ->
                    view.out(middleman).stream()
                        .anyMatch(out -> out.to() == d && out.timeMs() >= in.timeMs()));
  }

  private void bipartite() {
    Set<Long> payers = new HashSet<>();
    Set<Long> payees = new HashSet<>();
    if (ends) {
      for (long payer : view.payers(d)) {
        for (long payee : view.payees(payer)) {
          if (payer != s && !view.hub(payer) && payee != d && view.payees(s).contains(payee)) {
            payers.add(payer);
            payees.add(payee);
          }
        }
      }
    }
    put("bipartite_payers", payers.size());
    put("bipartite_payees", payees.size());
  }

  private void upstream() {
    List<Set<Long>> layers = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>());
    climb(s, edge.timeMs(), 0, layers);
    int wide = 0;
    while (wide < layers.size() && layers.get(wide).size() > 1) {
      wide++;
    }
    for (int k = 0; k < layers.size(); k++) {
      put("upstream_" + (k + 1), layers.get(k).size());
    }
    put("stack_layers", wide);
  }

  private void climb(long account, long latestMs, int layer, List<Set<Long>> layers) {
    if (layer == layers.size() || view.hub(account)) {
      return;
    }
    for (Edge in : view.in(account)) {
      if (in.timeMs() <= latestMs && !in.loop() && in.from() != s && in.from() != d) {
        layers.get(layer).add(in.from());
        climb(in.from(), in.timeMs(), layer + 1, layers);
      }
    }
  }

  private void allCycles() {
    if (ends) {
      follow(d, new ArrayList<>(), Long.MIN_VALUE);
    }
    Map<Integer, Long> byHops =
        cycles.stream().collect(Collectors.groupingBy(List::size, Collectors.counting()));
    long counted = 0;
    for (int hops = 2; hops <= GraphSettings.COUNTED_HOPS; hops++) {
      long of = byHops.getOrDefault(hops, 0L);
      put("cycles_" + hops, (double) of);
      counted += of;
    }
    put("cycles_conserved", conserved);
    put("cycles_unlisted", (double) Math.max(0, counted - settings.limits().listedPaths()));
    if (settings.limits().countsLonger()) {
      IntSummaryStatistics longer =
          cycles.stream()
              .mapToInt(List::size)
              .filter(hops -> hops > GraphSettings.COUNTED_HOPS)
              .summaryStatistics();
      boolean none = longer.getCount() == 0;
      put("cycles_longer", (double) longer.getCount());
      put("cycles_longer_least", none ? Double.NaN : longer.getMin());
      put("cycles_longer_most", none ? Double.NaN : longer.getMax());
    }
  }

  private void follow(long account, List<Edge> path, long earliestMs) {
    for (Edge next : view.out(account)) {
      if (next.timeMs() < earliestMs || path.size() + 2 > settings.limits().cycleHops()) {
        continue;
      }
      List<Edge> longer = new ArrayList<>(path);
      longer.add(next);
      boolean visited =
          next.to() == d || path.stream().anyMatch(before -> before.to() == next.to());
      if (next.to() == s) {
        longer.add(edge);
        cycles.add(longer.stream().map(hop -> hop.of().id()).toList());
        conserved += longer.size() <= GraphSettings.COUNTED_HOPS && conserves(longer) ? 1 : 0;
      } else if (!visited && !view.hub(next.to())) {
        follow(next.to(), longer, next.timeMs());
      }
    }
  }

  private boolean conserves(List<Edge> path) {
    for (int i = 1; i < path.size(); i++) {
      if (!same(path.get(i - 1), path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
