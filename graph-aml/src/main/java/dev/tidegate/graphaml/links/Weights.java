package dev.tidegate.graphaml.links;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What two members have in common, and what it weighs. */
final class Weights {
  private static final Comparator<LinkReason> BY_KIND_AND_VALUE =
      Comparator.comparing(LinkReason::kind).thenComparing(LinkReason::value);

  private final LinkSettings settings;

  Weights(LinkSettings settings) {
    this.settings = settings;
  }

  boolean areLinked(Member one, Member two) {
    return weight(one, two) >= settings.threshold();
  }

  double weight(Member one, Member two) {
    double weight = 0;
    for (Map.Entry<IdentifierKind, KindRule> rule : settings.rules().entrySet()) {
      if (shares(one, two, rule.getKey())) {
        weight += rule.getValue().weight();
      }
    }
    return weight;
  }

  private static boolean shares(Member one, Member two, IdentifierKind kind) {
    for (Edge edge : linking(one, kind)) {
      if (shared(edge, two) != null) {
        return true;
      }
    }
    return false;
  }

  /** All that they share, by kind and value; empty if nothing. */
  List<LinkReason> reasons(Member one, Member two) {
    List<LinkReason> reasons = new ArrayList<>();
    for (Map.Entry<IdentifierKind, KindRule> rule : settings.rules().entrySet()) {
      for (Edge edge : linking(one, rule.getKey())) {
        Edge other = shared(edge, two);
        if (other != null) {
          reasons.add(
              new LinkReason(
                  rule.getKey(),
                  edge.value.name,
                  rule.getValue().weight(),
                  Math.max(edge.sinceMs, other.sinceMs),
                  Math.min(edge.lastMs, other.lastMs)));
        }
      }
    }
    reasons.sort(BY_KIND_AND_VALUE);
    return reasons;
  }

  /** The member's values of a kind that may link it. */
  private static Iterable<Edge> linking(Member member, IdentifierKind kind) {
    Ends values = member.values(kind);
    return values.areTooMany() ? List.of() : values.all();
  }

  /** The other's edge to the same value, if both the value and the other may link. */
  private static @Nullable Edge shared(Edge edge, Member other) {
    SharedValue value = edge.value;
    if (value.members.areTooMany() || other.values(value.kind).areTooMany()) {
      return null;
    }
    return value.members.get(other.name);
  }
}
