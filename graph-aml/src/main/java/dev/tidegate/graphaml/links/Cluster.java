package dev.tidegate.graphaml.links;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Members that are linked to each other, over others if need be. */
final class Cluster {
  private static final int ID_BYTES = 8;

  final String id;
  final long bornMs;
  final Set<Member> members = new TreeSet<>();

  Cluster(String id, long bornMs, Collection<Member> members) {
    this.id = id;
    this.bornMs = bornMs;
    take(members);
  }

  /** A new one; its id follows from its members, the time and where it came from. */
  static Cluster of(Collection<Member> members, long bornMs, String from) {
    String text = from + "\n" + bornMs + "\n" + String.join("\n", names(members));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Cluster(HexFormat.of().formatHex(hash, 0, ID_BYTES), bornMs, members);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static List<String> names(Collection<Member> members) {
    return members.stream().map(member -> member.name).sorted().toList();
  }

  void take(Collection<Member> more) {
    members.addAll(more);
    more.forEach(member -> member.cluster = this);
  }

  /** Lets go of some, who are in none then. */
  void release(Collection<Member> some) {
    members.removeAll(some);
    some.forEach(member -> member.cluster = null);
  }

  /** Whether it keeps its id when it meets another: the older one does, of one age the larger. */
  boolean outlives(Cluster other) {
    if (bornMs != other.bornMs) {
      return bornMs < other.bornMs;
    }
    if (members.size() != other.members.size()) {
      return members.size() > other.members.size();
    }
    return id.compareTo(other.id) < 0;
  }
}
