package dev.tidegate.app.laundering;

import dev.tidegate.app.laundering.LaneFigures.Shapes;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Planted cycles and what the graph lists of them, one payment at a time and without training. A
 * pattern closes if its payments are one path over distinct accounts, times never falling, that
 * ends where it began.
 */
final class CycleShapes {
  private final LaunderingSet set;
  private final GraphSettings settings;
  private final Map<String, List<Integer>> patterns = new HashMap<>();
  private final Set<Set<Long>> listed = new HashSet<>();
  private final Set<String> touched = new HashSet<>();

  private CycleShapes(LaunderingSet set, GraphSettings settings) {
    this.set = set;
    this.settings = settings;
  }

  /** Looks for the cycles of a set; null if no pattern of it is a cycle. */
  static @Nullable Shapes of(LaunderingSet set, GraphSettings settings) {
    CycleShapes shapes = new CycleShapes(set, deepest(settings));
    shapes.gather();
    if (shapes.patterns.isEmpty()) {
      return null;
    }
    shapes.search();
    return shapes.figures();
  }

  /** Signals count cycles of some hops; a path is listed up to twice as long, where asked for. */
  private static GraphSettings deepest(GraphSettings settings) {
    GraphSettings.Limits limits = settings.limits();
    return new GraphSettings(
        settings.windows(),
        settings.horizons(),
        new GraphSettings.Limits(
            limits.hubDegree(),
            GraphSettings.MOST_HOPS,
            limits.searchSteps(),
            limits.listedPaths()),
        settings.tolerance(),
        settings.currencies());
  }

  private void gather() {
    for (int i = 0; i < set.payments().size(); i++) {
      LabelledPayment payment = set.payments().get(i);
      if (payment.pattern() != null
          && payment.typology() != null
          && payment.typology().toLowerCase(Locale.ROOT).equals("cycle")) {
        patterns.computeIfAbsent(payment.pattern(), unknown -> new ArrayList<>()).add(i);
      }
    }
  }

  private void search() {
    new CausalFeed(set, settings)
        .each(
            (place, findings) ->
                findings.cycles().forEach(cycle -> remember(cycle, set.payments().get(place))));
  }

  private void remember(List<Hop> cycle, LabelledPayment closing) {
    String pattern = closing.pattern();
    if (pattern == null || !patterns.containsKey(pattern)) {
      return;
    }
    Set<Long> places = new HashSet<>();
    cycle.forEach(hop -> places.add(hop.payment()));
    if (places.stream().allMatch(place -> pattern.equals(patternOf(place)))) {
      listed.add(places);
      touched.add(pattern);
    }
  }

  private @Nullable String patternOf(long place) {
    return set.payments().get(Math.toIntExact(place)).pattern();
  }

  private Shapes figures() {
    int closing = 0;
    int within = 0;
    int found = 0;
    for (List<Integer> places : patterns.values()) {
      if (closes(places)) {
        closing++;
        within += withinReach(places) ? 1 : 0;
        Set<Long> path = new HashSet<>();
        places.forEach(place -> path.add((long) place));
        found += listed.contains(path) ? 1 : 0;
      }
    }
    return new Shapes(patterns.size(), closing, within, found, touched.size());
  }

  private boolean closes(List<Integer> places) {
    Map<Long, LabelledPayment> bySource = new HashMap<>();
    for (int place : places) {
      LabelledPayment payment = set.payments().get(place);
      if (bySource.put(payment.source(), payment) != null) {
        return false;
      }
    }
    return bySource.size() > 1
        && bySource.values().stream().anyMatch(first -> returns(bySource, first));
  }

  /** Whether a walk from a payment on goes over all others, times never falling, and comes back. */
  private static boolean returns(Map<Long, LabelledPayment> bySource, LabelledPayment first) {
    LabelledPayment at = first;
    for (int i = 1; i < bySource.size(); i++) {
      LabelledPayment next = bySource.get(at.target());
      if (next == null || next.equals(first) || next.timeMs() < at.timeMs()) {
        return false;
      }
      at = next;
    }
    return at.target() == first.source();
  }

  private boolean withinReach(List<Integer> places) {
    long first = set.payments().get(places.get(0)).timeMs();
    long last = set.payments().get(places.get(places.size() - 1)).timeMs();
    return places.size() <= settings.limits().cycleHops()
        && last - first < settings.patternWindow().ms();
  }
}
