package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The promises of {@link TemporalGraph} by looking at every payment that ever came. */
public final class BruteForce {
  /** A payment that came; {@code joins} if no end was a hub then. */
  record Edge(Payment of, long value, boolean joins) {
    long from() {
      return of.source();
    }

    long to() {
      return of.target();
    }

    long timeMs() {
      return of.timeMs();
    }

    boolean loop() {
      return from() == to();
    }
  }

  /** What it says: the outcome, each signal, and each cycle as the ids of its payments. */
  public record Answer(Outcome outcome, Map<String, Double> signals, Set<List<Long>> cycles) {}

  private final GraphSettings settings;
  private final List<Edge> came = new ArrayList<>();
  private final Map<Long, Long> first = new HashMap<>();
  private final Map<Long, Long> last = new HashMap<>();
  private final Set<Long> hubs = new HashSet<>();
  private final Set<Long> risky = new HashSet<>();
  private final Map<String, Double> signals = new LinkedHashMap<>();
  private long newestMs = Long.MIN_VALUE;

  /** Of an empty graph. */
  public BruteForce(GraphSettings settings) {
    this.settings = settings;
  }

  void listHub(long account, boolean hub) {
    toggle(hubs, account, hub);
  }

  void markRisky(long account, boolean isRisky) {
    toggle(risky, account, isRisky);
  }

  private static void toggle(Set<Long> set, long account, boolean in) {
    if (in) {
      set.add(account);
    } else {
      set.remove(account);
    }
  }

  /** Puts a payment in and looks. */
  public Answer add(Payment payment) {
    signals.clear();
    if (newestMs != Long.MIN_VALUE
        && payment.timeMs() < newestMs - settings.horizons().disorderMs()) {
      return new Answer(Outcome.TOO_LATE, Map.of(), Set.of());
    }
    if (came.stream().anyMatch(edge -> edge.of().equals(payment))) {
      return new Answer(Outcome.REPEATED, Map.of(), Set.of());
    }
    newestMs = Math.max(newestMs, payment.timeMs());
    recency(payment, "source", payment.source());
    recency(payment, "target", payment.target());
    CurrencyRule currency = settings.currencies().get(payment.currency());
    Edge edge = new Edge(payment, currency.value(payment.amountMinor()), false);
    came.add(edge);
    BruteView view = view(payment);
    boolean joins = !edge.loop() && !view.hub(payment.source()) && !view.hub(payment.target());
    edge = new Edge(payment, edge.value(), joins);
    came.set(came.size() - 1, edge);
    view = view(payment);
    ends(payment, view);
    put("round_amount", currency.round(payment.amountMinor()));
    put("under_limit", currency.justUnder(payment.amountMinor()));
    BrutePatterns patterns = new BrutePatterns(settings, view, edge);
    signals.putAll(patterns.signals());
    components(edge);
    return new Answer(Outcome.ADDED, signals, patterns.cycles());
  }

  private BruteView view(Payment payment) {
    // A stable sort: equal times stay in the order in which they came.
    List<Edge> seen =
        came.stream()
            .filter(edge -> edge.timeMs() <= payment.timeMs())
            .sorted(Comparator.comparingLong(Edge::timeMs))
            .toList();
    return new BruteView(settings, seen, hubs, payment.timeMs());
  }

  private void put(String name, boolean value) {
    signals.put(name, value ? 1.0 : 0.0);
  }

  private void recency(Payment payment, String end, long account) {
    long t = payment.timeMs();
    Long lastMs = last.get(account);
    // Both ends of a payment to oneself see the same past.
    boolean secondLook = end.equals("target") && payment.source() == account;
    if (secondLook) {
      signals.put("target_dormant_ms", signals.get("source_dormant_ms"));
      signals.put("target_age_ms", signals.get("source_age_ms"));
      return;
    }
    if (lastMs != null && lastMs < newestMs - settings.horizons().memoryMs()) {
      lastMs = null;
      first.remove(account);
    }
    double dormant = lastMs == null ? Double.NaN : t - lastMs;
    if (lastMs != null && lastMs > t) {
      dormant =
          came.stream()
              .filter(edge -> edge.from() == account || edge.to() == account)
              .mapToLong(Edge::timeMs)
              .filter(ms -> ms <= t && ms > t - settings.patternWindow().ms())
              .max()
              .stream()
              .mapToDouble(ms -> t - ms)
              .findFirst()
              .orElse(Double.NaN);
    }
    first.merge(account, t, Math::min);
    last.put(account, lastMs == null ? t : Math.max(lastMs, t));
    signals.put(end + "_dormant_ms", dormant);
    signals.put(end + "_age_ms", (double) (t - first.get(account)));
  }

  private void ends(Payment payment, BruteView view) {
    for (TimeWindow window : settings.windows()) {
      side("source", "out", payment.source(), window, view);
      side("source", "in", payment.source(), window, view);
      side("target", "out", payment.target(), window, view);
      side("target", "in", payment.target(), window, view);
    }
  }

  private void side(String end, String side, long account, TimeWindow window, BruteView view) {
    boolean out = side.equals("out");
    List<Edge> edges = view.side(account, out, window.ms());
    signals.put(end + "_" + side + "_count_" + window.word(), (double) edges.size());
    signals.put(
        end + "_" + side + "_amount_" + window.word(),
        (double) edges.stream().mapToLong(Edge::value).sum());
    double fan = BruteView.peers(edges, out).size();
    if (edges.size() > settings.limits().hubDegree()) {
      fan = estimate(account, out, view.timeMs() - window.ms());
    }
    signals.put(end + "_fan_" + side + "_" + window.word(), fan);
  }

  /** A sketch over all that came after a moment, later payments than the one in hand too. */
  private double estimate(long account, boolean out, long sinceMs) {
    TimedSketch sketch = new TimedSketch();
    for (Edge edge : came) {
      if (!edge.loop() && (out ? edge.from() : edge.to()) == account) {
        sketch.add(out ? edge.to() : edge.from(), edge.timeMs());
      }
    }
    return sketch.since(sinceMs);
  }

  private void components(Edge edge) {
    long epoch = settings.horizons().epochMs();
    long olderMs = (Math.floorDiv(newestMs, epoch) - 1) * epoch;
    List<Edge> before = came.subList(0, came.size() - 1);
    int largest =
        Math.max(
            component(before, olderMs, edge.from()).size(),
            component(before, olderMs, edge.to()).size());
    Set<Long> ofSource = component(came, olderMs, edge.from());
    Set<Long> ofTarget = component(came, olderMs, edge.to());
    Set<Long> larger = ofTarget.size() > ofSource.size() ? ofTarget : ofSource;
    signals.put("component_size", (double) larger.size());
    signals.put("component_growth", (double) larger.size() - largest);
    signals.put(
        "component_risky_share",
        (double) larger.stream().filter(risky::contains).count() / larger.size());
    long youngerMs = olderMs + epoch;
    signals.put(
        "component_recent",
        (double)
            Math.max(
                component(came, youngerMs, edge.from()).size(),
                component(came, youngerMs, edge.to()).size()));
  }

  private static Set<Long> component(List<Edge> edges, long sinceMs, long account) {
    Set<Long> members = new TreeSet<>(Set.of(account));
    List<Edge> joining =
        edges.stream().filter(edge -> edge.joins() && edge.timeMs() >= sinceMs).toList();
    boolean grows = true;
    while (grows) {
      Set<Long> next =
          joining.stream()
              .filter(edge -> members.contains(edge.from()) || members.contains(edge.to()))
              .flatMap(edge -> Stream.of(edge.from(), edge.to()))
              .collect(Collectors.toSet());
      grows = members.addAll(next);
    }
    return members;
  }
}
