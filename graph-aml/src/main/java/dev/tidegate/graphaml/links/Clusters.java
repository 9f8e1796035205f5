package dev.tidegate.graphaml.links;

import dev.tidegate.graphaml.links.ClusterEvent.Change;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connected components of the links, kept up to date as links come and go. A component keeps its id
 * while it lives: when two meet the older one's stays, and when one falls apart it stays with the
 * larger part (of equal ones with that of the first name).
 */
final class Clusters {
  private final Map<String, Cluster> byId = new TreeMap<>();
  private final Consumer<ClusterEvent> events;

  Clusters(Consumer<ClusterEvent> events) {
    this.events = events;
  }

  @Nullable Cluster get(String id) {
    return byId.get(id);
  }

  Map<String, Cluster> all() {
    return byId;
  }

  /** Takes a cluster as it was, without a word. */
  void adopt(Cluster cluster) {
    byId.put(cluster.id, cluster);
  }

  void link(Member left, Member right, long atMs) {
    left.linked.add(right);
    right.linked.add(left);
    Cluster one = left.cluster;
    Cluster two = right.cluster;
    if (one == null && two == null) {
      form(Set.of(left, right), atMs);
    } else if (one == null) {
      grow(Objects.requireNonNull(two), left, atMs);
    } else if (two == null) {
      grow(one, right, atMs);
    } else if (one != two) {
      if (one.outlives(two)) {
        merge(one, two, atMs);
      } else {
        merge(two, one, atMs);
      }
    }
  }

  private void form(Set<Member> members, long atMs) {
    Cluster cluster = Cluster.of(members, atMs, "");
    byId.put(cluster.id, cluster);
    tell(cluster, atMs, Change.FORMED, null, members);
  }

  private void grow(Cluster cluster, Member member, long atMs) {
    cluster.take(Set.of(member));
    tell(cluster, atMs, Change.GREW, null, Set.of(member));
  }

  private void merge(Cluster into, Cluster gone, long atMs) {
    byId.remove(gone.id);
    into.take(gone.members);
    tell(into, atMs, Change.MERGED, gone.id, gone.members);
  }

  void unlink(Member left, Member right, long atMs) {
    left.linked.remove(right);
    right.linked.remove(left);
    Cluster cluster = Objects.requireNonNull(left.cluster);
    Set<Member> part = cutOff(left, right);
    if (part != null) {
      separate(cluster, part, atMs);
    }
  }

  /** Cuts clusters that are not connected; for links that changed while no one looked. */
  void check(Cluster cluster, long atMs) {
    Set<Member> left = new TreeSet<>(cluster.members);
    Member first = cluster.members.iterator().next();
    Set<Member> part = reach(first);
    left.removeAll(part);
    if (!left.isEmpty()) {
      separate(cluster, part, atMs);
      for (Member one : List.of(first, left.iterator().next())) {
        if (one.cluster != null) {
          check(one.cluster, atMs);
        }
      }
    }
  }

  private void separate(Cluster cluster, Set<Member> part, long atMs) {
    Set<Member> rest = new TreeSet<>(cluster.members);
    rest.removeAll(part);
    boolean partLeaves =
        part.size() != rest.size()
            ? part.size() < rest.size()
            : !part.contains(cluster.members.iterator().next());
    Set<Member> leaving = partLeaves ? part : rest;
    cluster.release(leaving);
    if (cluster.members.size() == 1) {
      dissolve(cluster, leaving, atMs);
    } else if (leaving.size() == 1) {
      tell(cluster, atMs, Change.SHRANK, null, leaving);
    } else {
      Cluster own = Cluster.of(leaving, atMs, cluster.id);
      byId.put(own.id, own);
      tell(cluster, atMs, Change.SPLIT, own.id, leaving);
    }
  }

  private void dissolve(Cluster cluster, Set<Member> left, long atMs) {
    Set<Member> all = new TreeSet<>(left);
    all.addAll(cluster.members);
    cluster.release(Set.copyOf(cluster.members));
    byId.remove(cluster.id);
    tell(cluster, atMs, Change.DISSOLVED, null, all);
  }

  private void tell(
      Cluster cluster, long atMs, Change change, @Nullable String other, Set<Member> members) {
    events.accept(
        new ClusterEvent(
            cluster.id, atMs, change, other, Cluster.names(members), cluster.members.size()));
  }

  /**
   * The part of either that is found complete first if the two are connected no more, else null.
   * Both sides are walked in turn, so it takes time as the smaller of them.
   */
  private static @Nullable Set<Member> cutOff(Member left, Member right) {
    Walk one = new Walk(left);
    Walk two = new Walk(right);
    while (!one.meets(two)) {
      if (!one.step()) {
        return one.seen;
      }
      if (!one.meets(two) && !two.step()) {
        return two.seen;
      }
    }
    return null;
  }

  private static Set<Member> reach(Member from) {
    Walk walk = new Walk(from);
    while (walk.step()) {
      // until all are seen
    }
    return walk.seen;
  }

  /** A walk over links, one member a step. */
  private static final class Walk {
    private final Set<Member> seen = new HashSet<>();
    private final Deque<Member> open = new ArrayDeque<>();
    private @Nullable Member newest;

    Walk(Member from) {
      seen.add(from);
      open.add(from);
      newest = from;
    }

    /** Opens the next member; false if there is none. */
    boolean step() {
      Member member = open.poll();
      if (member == null) {
        return false;
      }
      newest = member;
      for (Member next : member.linked) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
      return true;
    }

    /** Whether what was opened last on either side is known on the other. */
    boolean meets(Walk other) {
      return (newest != null && other.seen.contains(newest))
          || (other.newest != null && seen.contains(other.newest));
    }
  }
}
