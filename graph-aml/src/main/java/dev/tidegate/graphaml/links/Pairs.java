package dev.tidegate.graphaml.links;

import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Pairs of members whose weight may have changed, each once, by name. */
final class Pairs {
  private final SortedSet<Pair> pairs =
      new TreeSet<>(Comparator.comparing(Pair::left).thenComparing(Pair::right));

  private record Pair(Member left, Member right) {}

  void add(Member one, Member two) {
    int order = one.compareTo(two);
    if (order != 0) {
      pairs.add(order < 0 ? new Pair(one, two) : new Pair(two, one));
    }
  }

  /** Each member that has the value with each other. */
  void addAllOf(SharedValue value) {
    for (Edge one : value.members.all()) {
      addWith(one.member, value);
    }
  }

  /** The member with each that has one of its values of a kind. */
  void addAllOf(Member member, IdentifierKind kind) {
    for (Edge edge : member.values(kind).all()) {
      addWith(member, edge.value);
    }
  }

  /** The member with each that has the value. */
  void addWith(Member member, SharedValue value) {
    for (Edge edge : value.members.all()) {
      add(member, edge.member);
    }
  }

  void forEach(BiConsumer<Member, Member> taker) {
    pairs.forEach(pair -> taker.accept(pair.left(), pair.right()));
  }

  void clear() {
    pairs.clear();
  }
}
