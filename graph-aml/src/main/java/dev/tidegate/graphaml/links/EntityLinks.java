package dev.tidegate.graphaml.links;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Links and clusters as of a moment. A pair is linked while the kinds of identifier it shares weigh
 * at least {@link LinkSettings#threshold()}; clusters are the connected components of the links.
 * What it says depends on the sightings within their windows alone; which id a cluster has depends
 * on how it came about, and is the same whenever the same sightings come in the same order.
 *
 * <p>Sightings are given in the order of time; one that is late counts if its window still reaches
 * to the newest. A sighting costs constant time where its member already has the value, and else
 * time as the square of the values' bounds at most, plus the smaller part of a cluster that falls
 * apart. Not safe for threads.
 */
public final class EntityLinks {
  private static final Comparator<Edge> BY_DUE =
      Comparator.<Edge>comparingLong(edge -> edge.dueMs)
          .thenComparing(edge -> edge.value.kind)
          .thenComparing(edge -> edge.value.name)
          .thenComparing(edge -> edge.member.name);

  private final LinkSettings settings;
  private final Weights weights;
  private final Map<String, Member> members = new HashMap<>();
  private final Map<IdentifierKind, Map<String, SharedValue>> values =
      new EnumMap<>(IdentifierKind.class);
  private final PriorityQueue<Edge> due = new PriorityQueue<>(BY_DUE);
  private final Pairs affected = new Pairs();
  private final Set<Edge> changed = new LinkedHashSet<>();
  private final Set<String> changedClusters = new LinkedHashSet<>();
  private List<ClusterEvent> events = new ArrayList<>();
  private final Clusters clusters = new Clusters(this::note);
  private long nowMs = Long.MIN_VALUE;

  /** Nothing seen yet. */
  public EntityLinks(LinkSettings settings) {
    this.settings = settings;
    weights = new Weights(settings);
    settings.rules().keySet().forEach(kind -> values.put(kind, new HashMap<>()));
  }

  /** Takes a sighting; says what became of clusters by it and by what expired before it. */
  public List<ClusterEvent> see(Sighting sighting) {
    expire(sighting.timeMs());
    KindRule rule = settings.rule(sighting.kind());
    if (rule != null && sighting.timeMs() > nowMs - rule.windowMs()) {
      take(sighting, rule);
    }
    return taken();
  }

  /** Lets time pass; says what became of clusters by what expired. */
  public List<ClusterEvent> advance(long timeMs) {
    expire(timeMs);
    return taken();
  }

  private void note(ClusterEvent event) {
    events.add(event);
    changedClusters.add(event.cluster());
    if (event.other() != null) {
      changedClusters.add(event.other());
    }
  }

  private List<ClusterEvent> taken() {
    List<ClusterEvent> taken = events;
    events = new ArrayList<>();
    return taken;
  }

  private void take(Sighting sighting, KindRule rule) {
    Member member = member(sighting.member());
    SharedValue value = value(sighting.kind(), sighting.value(), rule);
    Edge known = value.members.get(member.name);
    if (known == null) {
      known = member.values(value.kind).get(value.name);
    }
    if (known == null) {
      Edge edge = new Edge(member, value, rule.windowMs(), sighting.timeMs());
      due.add(edge);
      change(edge, true);
    } else {
      boolean whole = known.isWhole();
      known.seen(sighting.timeMs());
      changed.add(known);
      if (!whole) {
        change(known, true);
      }
    }
  }

  private Member member(String name) {
    return members.computeIfAbsent(name, n -> new Member(n, settings));
  }

  private SharedValue value(IdentifierKind kind, String name, KindRule rule) {
    return known(kind).computeIfAbsent(name, n -> new SharedValue(kind, n, rule.mostMembers()));
  }

  private Map<String, SharedValue> known(IdentifierKind kind) {
    return values.computeIfAbsent(kind, k -> new HashMap<>());
  }

  private void expire(long timeMs) {
    Edge next = due.peek();
    while (next != null && next.dueMs <= timeMs) {
      due.remove();
      if (next.expiresMs() > next.dueMs) {
        next.dueMs = next.expiresMs();
        due.add(next);
      } else {
        nowMs = Math.max(nowMs, next.dueMs);
        change(next, false);
        forget(next);
      }
      next = due.peek();
    }
    nowMs = Math.max(nowMs, timeMs);
  }

  /** Puts an edge at both its ends, or takes it from them, and links and unlinks who that moves. */
  private void change(Edge edge, boolean comes) {
    Member member = edge.member;
    SharedValue value = edge.value;
    Ends ofMember = member.values(value.kind);
    boolean wasCommon = value.members.areTooMany();
    boolean wasMany = ofMember.areTooMany();
    affected.addWith(member, value);
    changed.add(edge);
    if (comes) {
      note(ofMember.put(value.name, edge));
      note(value.members.put(member.name, edge));
    } else {
      edge.isGone = true;
      ofMember.remove(value.name);
      value.members.remove(member.name);
    }
    affected.addWith(member, value);
    if (wasCommon != value.members.areTooMany()) {
      affected.addAllOf(value);
    }
    if (wasMany != ofMember.areTooMany()) {
      affected.addAllOf(member, value.kind);
    }
    judge();
  }

  private void note(@Nullable Edge letGo) {
    if (letGo != null) {
      changed.add(letGo);
    }
  }

  /** Links first: a cluster that is held together otherwise does not fall apart for a moment. */
  private void judge() {
    List<Runnable> gone = new ArrayList<>();
    affected.forEach(
        (left, right) -> {
          boolean linked = left.linked.contains(right);
          if (weights.areLinked(left, right) == linked) {
            return;
          }
          if (linked) {
            gone.add(() -> clusters.unlink(left, right, nowMs));
          } else {
            clusters.link(left, right, nowMs);
          }
        });
    gone.forEach(Runnable::run);
    affected.clear();
  }

  private void forget(Edge edge) {
    if (edge.value.members.isEmpty()) {
      known(edge.value.kind).remove(edge.value.name);
    }
    if (edge.member.isIdle()) {
      members.remove(edge.member.name);
    }
  }

  /** Id of the member's cluster; null if it is linked to nobody. */
  public @Nullable String clusterOf(String member) {
    Member known = members.get(member);
    return known == null || known.cluster == null ? null : known.cluster.id;
  }

  /** Names of a cluster's members, sorted; empty if there is none of that id. */
  public List<String> membersOf(String cluster) {
    Cluster known = clusters.get(cluster);
    return known == null ? List.of() : Cluster.names(known.members);
  }

  /** When the cluster came about, in event time; null if there is none of that id. */
  public @Nullable Long bornMs(String cluster) {
    Cluster known = clusters.get(cluster);
    return known == null ? null : known.bornMs;
  }

  /** The member's links with their reasons, by the other's name. */
  public List<Link> linksOf(String member) {
    Member known = members.get(member);
    if (known == null) {
      return List.of();
    }
    return known.linked.stream().sorted().map(other -> link(known, other)).toList();
  }

  private Link link(Member one, Member two) {
    boolean inOrder = one.compareTo(two) < 0;
    return new Link(
        inOrder ? one.name : two.name,
        inOrder ? two.name : one.name,
        weights.weight(one, two),
        weights.reasons(one, two));
  }

  /** Whether so many members have the value that it links nobody. */
  public boolean isSuperCommon(IdentifierKind kind, String value) {
    SharedValue known = known(kind).get(value);
    return known != null && known.members.areTooMany();
  }

  /** All clusters, members by id. */
  public Map<String, List<String>> clusters() {
    Map<String, List<String>> all = new TreeMap<>();
    clusters.all().forEach((id, cluster) -> all.put(id, Cluster.names(cluster.members)));
    return all;
  }

  /** How far event time has come; the least long before anything was seen. */
  public long nowMs() {
    return nowMs;
  }

  /** How many clusters there are. */
  public int clusterCount() {
    return clusters.all().size();
  }

  /** How many edges are kept, members to values within their windows. */
  public int edges() {
    return due.size();
  }

  /** Writes what changed since it was called last. */
  public void flush(LinksStore store) {
    for (Edge edge : changed) {
      if (edge.isGone) {
        store.removeEdge(LinksBytes.key(edge));
      } else {
        store.putEdge(LinksBytes.key(edge), LinksBytes.of(edge));
      }
    }
    changed.clear();
    for (String id : changedClusters) {
      Cluster cluster = clusters.get(id);
      if (cluster == null) {
        store.removeCluster(id);
      } else {
        store.putCluster(id, LinksBytes.of(cluster));
      }
    }
    changedClusters.clear();
  }

  /**
   * Reads what was flushed, by this or an older version.
   *
   * @param nowMs {@link #nowMs} at the flush
   * @param settings that hold from now on; where they differ, links and clusters follow them, and a
   *     cluster that falls apart or meets another by it does so without an event
   * @throws IOException if the bytes are of a newer version or damaged
   */
  public static EntityLinks read(
      long nowMs, Iterable<byte[]> edges, Iterable<byte[]> clusters, LinkSettings settings)
      throws IOException {
    EntityLinks links = new EntityLinks(settings);
    links.nowMs = nowMs;
    for (byte[] edge : edges) {
      links.restore(LinksBytes.edge(edge));
    }
    for (byte[] cluster : clusters) {
      links.restore(LinksBytes.cluster(cluster));
    }
    links.relink();
    return links;
  }

  private void restore(LinksBytes.StoredEdge stored) {
    KindRule rule = settings.rule(stored.kind());
    if (rule == null) {
      return;
    }
    Member member = member(stored.member());
    SharedValue value = value(stored.kind(), stored.value(), rule);
    Edge edge = new Edge(member, value, rule.windowMs(), stored.lastMs());
    edge.sinceMs = stored.sinceMs();
    due.add(edge);
    if (stored.atMember()) {
      member.values(value.kind).put(value.name, edge);
    }
    if (stored.atValue()) {
      value.members.put(member.name, edge);
    }
  }

  private void restore(LinksBytes.StoredCluster stored) {
    List<Member> kept =
        stored.members().stream().filter(members::containsKey).map(this::member).toList();
    if (kept.size() > 1) {
      clusters.adopt(new Cluster(stored.id(), stored.bornMs(), kept));
    }
  }

  private void relink() {
    values.values().forEach(named -> named.values().forEach(affected::addAllOf));
    List<Cluster> stored = List.copyOf(clusters.all().values());
    affected.forEach(
        (left, right) -> {
          if (left.cluster != null && left.cluster == right.cluster && linked(left, right)) {
            left.linked.add(right);
            right.linked.add(left);
          }
        });
    stored.forEach(cluster -> clusters.check(cluster, nowMs));
    judge();
    events.clear();
  }

  private boolean linked(Member left, Member right) {
    return weights.areLinked(left, right);
  }
}
