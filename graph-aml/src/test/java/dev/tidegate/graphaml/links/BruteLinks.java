package dev.tidegate.graphaml.links;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keeps every sighting and works links and clusters out anew each time: the oracle. */
final class BruteLinks {
  private final LinkSettings settings;
  private final List<Sighting> all = new ArrayList<>();
  private long nowMs = Long.MIN_VALUE;

  BruteLinks(LinkSettings settings) {
    this.settings = settings;
  }

  void see(Sighting sighting) {
    all.add(sighting);
    nowMs = Math.max(nowMs, sighting.timeMs());
  }

  void advance(long timeMs) {
    nowMs = Math.max(nowMs, timeMs);
  }

  /** Components of two members and more, each sorted. */
  Set<List<String>> clusters() {
    Set<String> members = new TreeSet<>();
    all.forEach(sighting -> members.add(sighting.member()));
    Map<String, String> leader = new HashMap<>();
    members.forEach(member -> leader.put(member, member));
    for (String left : members) {
      for (String right : members) {
        if (left.compareTo(right) < 0 && weight(left, right) >= settings.threshold()) {
          String one = leader.get(left);
          String two = leader.get(right);
          leader.replaceAll((member, of) -> of.equals(two) ? one : of);
        }
      }
    }
    Map<String, List<String>> parts = new HashMap<>();
    members.forEach(
        member -> parts.computeIfAbsent(leader.get(member), l -> new ArrayList<>()).add(member));
    Set<List<String>> clusters = new HashSet<>();
    parts.values().stream().filter(part -> part.size() > 1).forEach(clusters::add);
    return clusters;
  }

  double weight(String left, String right) {
    double weight = 0;
    for (Map.Entry<IdentifierKind, KindRule> rule : settings.rules().entrySet()) {
      Set<String> shared = linking(left, rule.getKey());
      shared.retainAll(linking(right, rule.getKey()));
      if (!shared.isEmpty()) {
        weight += rule.getValue().weight();
      }
    }
    return weight;
  }

  private Set<String> linking(String member, IdentifierKind kind) {
    Set<String> values = new HashSet<>();
    Map<String, Set<String>> members = new HashMap<>();
    for (Sighting sighting : all) {
      if (sighting.kind() == kind && isActive(sighting)) {
        members.computeIfAbsent(sighting.value(), v -> new HashSet<>()).add(sighting.member());
        if (sighting.member().equals(member)) {
          values.add(sighting.value());
        }
      }
    }
    KindRule rule = settings.rules().get(kind);
    if (values.size() > rule.mostValues()) {
      return new HashSet<>();
    }
    values.removeIf(value -> members.get(value).size() > rule.mostMembers());
    return values;
  }

  private boolean isActive(Sighting sighting) {
    return sighting.timeMs() > nowMs - settings.rules().get(sighting.kind()).windowMs();
  }
}
