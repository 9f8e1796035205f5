package dev.tidegate.graphaml;

import dev.tidegate.graphaml.links.ClusterEvent;
import dev.tidegate.graphaml.links.ClusterEvent.Change;
import dev.tidegate.graphaml.links.EntityLinks;
import dev.tidegate.graphaml.links.IdentifierKind;
import dev.tidegate.graphaml.links.Link;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.EntityLink;
import dev.tidegate.schemas.event.LinkReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of clusters as events, with the links behind them. */
final class ClusterChanges {
  /** Most members that one event names; a larger change comes in several of its kind. */
  static final int MOST_MEMBERS = 500;

  /** Most links that one event carries. */
  static final int MOST_LINKS = 64;

  private ClusterChanges() {}

  /** The kernel's kind; null for one that links nobody. */
  static @Nullable IdentifierKind kind(dev.tidegate.schemas.event.IdentifierKind kind) {
    return switch (kind) {
      case DOCUMENT -> IdentifierKind.DOCUMENT;
      case PHONE -> IdentifierKind.PHONE;
      case EMAIL -> IdentifierKind.EMAIL;
      case DEVICE -> IdentifierKind.DEVICE;
      case BENEFICIARY -> IdentifierKind.BENEFICIARY;
      case ADDRESS -> IdentifierKind.ADDRESS;
      case IP -> IdentifierKind.IP;
      case OTHER -> null;
    };
  }

  /** One event, or more for a change of many members. */
  static List<ClusterChange> of(ClusterEvent event, EntityLinks links) {
    List<ClusterChange> changes = new ArrayList<>();
    List<String> members = event.members();
    for (int from = 0; from < members.size(); from += MOST_MEMBERS) {
      int to = Math.min(members.size(), from + MOST_MEMBERS);
      changes.add(change(event, members.subList(from, to), links));
    }
    return changes;
  }

  private static ClusterChange change(ClusterEvent event, List<String> members, EntityLinks links) {
    List<EntityLink> evidence = came(event.change()) ? linksOf(members, links) : List.of();
    int kept = Math.min(MOST_LINKS, evidence.size());
    return ClusterChange.newBuilder()
        .setCluster(event.cluster())
        .setAtMs(event.atMs())
        .setChange(ClusterStep.valueOf(event.change().name()))
        .setOther(event.other())
        .setMembers(List.copyOf(members))
        .setSize(event.size())
        .setLinks(evidence.subList(0, kept))
        .setLinksLeftOut(evidence.size() - kept)
        .build();
  }

  private static boolean came(Change change) {
    return switch (change) {
      case FORMED, GREW, MERGED -> true;
      case SHRANK, SPLIT, DISSOLVED -> false;
    };
  }

  /** Each link once, though both of its members may be among those who came. */
  private static List<EntityLink> linksOf(List<String> members, EntityLinks links) {
    Map<String, EntityLink> found = new LinkedHashMap<>();
    for (String member : members) {
      for (Link link : links.linksOf(member)) {
        found.computeIfAbsent(link.left() + "\n" + link.right(), key -> event(link));
      }
    }
    return List.copyOf(found.values());
  }

  private static EntityLink event(Link link) {
    return EntityLink.newBuilder()
        .setLeft(link.left())
        .setRight(link.right())
        .setWeight(link.weight())
        .setReasons(link.reasons().stream().map(ClusterChanges::event).toList())
        .build();
  }

  private static LinkReason event(dev.tidegate.graphaml.links.LinkReason reason) {
    return LinkReason.newBuilder()
        .setKind(dev.tidegate.schemas.event.IdentifierKind.valueOf(reason.kind().name()))
        .setValue(reason.value())
        .setWeight(reason.weight())
        .setSinceMs(reason.sinceMs())
        .setLastMs(reason.lastMs())
        .build();
  }
}
