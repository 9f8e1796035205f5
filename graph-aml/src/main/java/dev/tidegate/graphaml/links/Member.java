package dev.tidegate.graphaml.links;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An account or customer: its values by kind, whom it is linked to, and its cluster. */
final class Member implements Comparable<Member> {
  final String name;
  final Set<Member> linked = new HashSet<>(4);
  @Nullable Cluster cluster;
  private final Map<IdentifierKind, Ends> values = new EnumMap<>(IdentifierKind.class);
  private final LinkSettings settings;

  Member(String name, LinkSettings settings) {
    this.name = name;
    this.settings = settings;
  }

  /** Its values of a kind, none at first. */
  Ends values(IdentifierKind kind) {
    return values.computeIfAbsent(
        kind,
        k -> {
          KindRule rule = settings.rule(k);
          return new Ends(rule == null ? 0 : rule.mostValues());
        });
  }

  boolean isIdle() {
    return linked.isEmpty() && values.values().stream().allMatch(Ends::isEmpty);
  }

  @Override
  public int compareTo(Member other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Member member && name.equals(member.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
