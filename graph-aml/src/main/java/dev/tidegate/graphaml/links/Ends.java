package dev.tidegate.graphaml.links;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The edges at one end, by the name at the other: the ones seen last, one more than link. With that
 * one more it is known whether there are too many, and when there are few enough again those kept
 * are all there are, for each that was let go of was seen before the one more, which expired.
 */
final class Ends {
  private final int most;
  private final Map<String, Edge> edges = new HashMap<>(4);

  Ends(int most) {
    this.most = most;
  }

  /** Whether there are too many to say anything about who belongs together. */
  boolean areTooMany() {
    return edges.size() > most;
  }

  @Nullable Edge get(String other) {
    return edges.get(other);
  }

  boolean has(Edge edge) {
    return edges.containsValue(edge);
  }

  Collection<Edge> all() {
    return edges.values();
  }

  boolean isEmpty() {
    return edges.isEmpty();
  }

  /** In the order of the names at the other end. */
  List<Edge> sorted(Comparator<Edge> order) {
    List<Edge> sorted = new ArrayList<>(edges.values());
    sorted.sort(order);
    return sorted;
  }

  /** Takes an edge; lets go of the one seen longest ago if that is one too many, and returns it. */
  @Nullable Edge put(String other, Edge edge) {
    edges.put(other, edge);
    if (edges.size() <= most + 1) {
      return null;
    }
    Edge oldest = oldest();
    edges.values().remove(oldest);
    return oldest;
  }

  private Edge oldest() {
    Edge oldest = null;
    for (Edge edge : edges.values()) {
      if (oldest == null || BY_LAST.compare(edge, oldest) < 0) {
        oldest = edge;
      }
    }
    if (oldest == null) {
      throw new IllegalStateException("no edges");
    }
    return oldest;
  }

  void remove(String other) {
    edges.remove(other);
  }

  private static final Comparator<Edge> BY_LAST =
      Comparator.<Edge>comparingLong(edge -> edge.lastMs)
          .thenComparing(edge -> edge.value.name)
          .thenComparing(edge -> edge.member.name);
}
