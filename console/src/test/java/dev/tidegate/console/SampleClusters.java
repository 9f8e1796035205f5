package dev.tidegate.console;

import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.EntityLink;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.event.LinkReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes of clusters as the graph job tells them. */
public final class SampleClusters {
  private SampleClusters() {}

  /** A change without links. */
  public static ClusterChange change(
      String cluster, long atMs, ClusterStep step, @Nullable String other, String... members) {
    return change(cluster, atMs, step, other, List.of(), members);
  }

  /** A change that tells the links of those who came. */
  public static ClusterChange change(
      String cluster,
      long atMs,
      ClusterStep step,
      @Nullable String other,
      List<EntityLink> links,
      String... members) {
    return ClusterChange.newBuilder()
        .setCluster(cluster)
        .setAtMs(atMs)
        .setChange(step)
        .setOther(other)
        .setMembers(List.of(members))
        .setSize(members.length)
        .setLinks(links)
        .build();
  }

  /** A link by one identifier of a weight of one. */
  public static EntityLink link(String left, String right, IdentifierKind kind, long sinceMs) {
    String value = kind.name().toLowerCase(Locale.ROOT) + "-of-" + left;
    return link(left, right, List.of(reason(kind, value, sinceMs)));
  }

  /** A link by several identifiers. */
  public static EntityLink link(String left, String right, List<LinkReason> reasons) {
    return EntityLink.newBuilder()
        .setLeft(left)
        .setRight(right)
        .setWeight(reasons.stream().mapToDouble(LinkReason::getWeight).sum())
        .setReasons(reasons)
        .build();
  }

  /** One identifier that both have. */
  public static LinkReason reason(IdentifierKind kind, String value, long sinceMs) {
    return LinkReason.newBuilder()
        .setKind(kind)
        .setValue(value)
        .setWeight(1)
        .setSinceMs(sinceMs)
        .setLastMs(sinceMs + 86_400_000)
        .build();
  }
}
