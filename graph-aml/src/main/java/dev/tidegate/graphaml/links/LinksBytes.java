package dev.tidegate.graphaml.links;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The bytes of what {@link EntityLinks} keeps: a version, how far time has come, edges and
 * clusters. Links are not in it: they follow from the edges.
 */
final class LinksBytes {
  private static final int VERSION = 1;
  private static final int AT_MEMBER = 1;
  private static final int AT_VALUE = 2;

  private LinksBytes() {}

  record Stored(long nowMs, List<StoredEdge> edges, List<StoredCluster> clusters) {}

  record StoredEdge(
      String member,
      IdentifierKind kind,
      String value,
      long sinceMs,
      long lastMs,
      boolean atMember,
      boolean atValue) {}

  record StoredCluster(String id, long bornMs, List<String> members) {}

  static void write(
      DataOutput out, long nowMs, Collection<Edge> edges, Collection<Cluster> clusters)
      throws IOException {
    out.writeInt(VERSION);
    out.writeLong(nowMs);
    out.writeInt(edges.size());
    for (Edge edge : edges) {
      write(out, edge);
    }
    out.writeInt(clusters.size());
    for (Cluster cluster : clusters) {
      out.writeUTF(cluster.id);
      out.writeLong(cluster.bornMs);
      out.writeInt(cluster.members.size());
      for (Member member : cluster.members) {
        out.writeUTF(member.name);
      }
    }
  }

  private static void write(DataOutput out, Edge edge) throws IOException {
    out.writeUTF(edge.member.name);
    out.writeUTF(edge.value.kind.name());
    out.writeUTF(edge.value.name);
    out.writeLong(edge.sinceMs);
    out.writeLong(edge.lastMs);
    boolean atMember = edge.member.values(edge.value.kind).has(edge);
    boolean atValue = edge.value.members.has(edge);
    out.writeByte((atMember ? AT_MEMBER : 0) + (atValue ? AT_VALUE : 0));
  }

  static Stored read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "entity links of version " + version + " cannot be read, only " + VERSION);
    }
    long nowMs = in.readLong();
    List<StoredEdge> edges = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      edges.add(readEdge(in));
    }
    List<StoredCluster> clusters = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      clusters.add(new StoredCluster(in.readUTF(), in.readLong(), readNames(in)));
    }
    return new Stored(nowMs, edges, clusters);
  }

  private static StoredEdge readEdge(DataInput in) throws IOException {
    String member = in.readUTF();
    IdentifierKind kind = kind(in.readUTF());
    String value = in.readUTF();
    long sinceMs = in.readLong();
    long lastMs = in.readLong();
    int ends = in.readUnsignedByte();
    return new StoredEdge(
        member, kind, value, sinceMs, lastMs, (ends & AT_MEMBER) != 0, (ends & AT_VALUE) != 0);
  }

  private static IdentifierKind kind(String name) throws IOException {
    try {
      return IdentifierKind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("no kind of identifier is called " + name, e);
    }
  }

  private static List<String> readNames(DataInput in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      names.add(in.readUTF());
    }
    return names;
  }
}
