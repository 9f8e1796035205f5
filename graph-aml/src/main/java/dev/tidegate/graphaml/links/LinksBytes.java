package dev.tidegate.graphaml.links;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of edges and clusters, each with the version of its form in front. Links are not kept:
 * they follow from the edges.
 */
final class LinksBytes {
  private static final int VERSION = 1;
  private static final int AT_MEMBER = 1;
  private static final int AT_VALUE = 2;

  private LinksBytes() {}

  record StoredEdge(
      String member,
      IdentifierKind kind,
      String value,
      long sinceMs,
      long lastMs,
      boolean atMember,
      boolean atValue) {}

  record StoredCluster(String id, long bornMs, List<String> members) {}

  static String key(Edge edge) {
    return edge.value.kind + "\n" + edge.value.name + "\n" + edge.member.name;
  }

  static byte[] of(Edge edge) {
    return bytes(
        out -> {
          out.writeUTF(edge.member.name);
          out.writeUTF(edge.value.kind.name());
          out.writeUTF(edge.value.name);
          out.writeLong(edge.sinceMs);
          out.writeLong(edge.lastMs);
          boolean atMember = edge.member.values(edge.value.kind).has(edge);
          boolean atValue = edge.value.members.has(edge);
          out.writeByte((atMember ? AT_MEMBER : 0) + (atValue ? AT_VALUE : 0));
        });
  }

  static byte[] of(Cluster cluster) {
    return bytes(
        out -> {
          out.writeUTF(cluster.id);
          out.writeLong(cluster.bornMs);
          out.writeInt(cluster.members.size());
          for (Member member : cluster.members) {
            out.writeUTF(member.name);
          }
        });
  }

  static StoredEdge edge(byte[] bytes) throws IOException {
    DataInputStream in = open(bytes);
    String member = in.readUTF();
    IdentifierKind kind = kind(in.readUTF());
    String value = in.readUTF();
    long sinceMs = in.readLong();
    long lastMs = in.readLong();
    int ends = in.readUnsignedByte();
    return new StoredEdge(
        member, kind, value, sinceMs, lastMs, (ends & AT_MEMBER) != 0, (ends & AT_VALUE) != 0);
  }

  static StoredCluster cluster(byte[] bytes) throws IOException {
    DataInputStream in = open(bytes);
    String id = in.readUTF();
    long bornMs = in.readLong();
    List<String> members = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      members.add(in.readUTF());
    }
    return new StoredCluster(id, bornMs, members);
  }

  private static DataInputStream open(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "entity links of version " + version + " cannot be read, only " + VERSION);
    }
    return in;
  }

  private static IdentifierKind kind(String name) throws IOException {
    try {
      return IdentifierKind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("no kind of identifier is called " + name, e);
    }
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a name is longer than 65,535 bytes", e);
    }
    return bytes.toByteArray();
  }
}
