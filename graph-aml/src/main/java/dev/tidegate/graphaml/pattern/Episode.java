package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.schemas.event.LaunderingPattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One course of one pattern. Its id is a hash of the pattern, the payment that opened it and the
 * account that it is about, so the same payments give the same id in every run.
 */
final class Episode {
  private static final int ID_BYTES = 16;

  /** Payments up to which each one is told; from then on a quarter more is worth telling. */
  private static final int EACH_UP_TO = 16;

  final String id;
  final LaunderingPattern pattern;
  final long focus;
  final String openedBy;
  final long openedMs;
  final int smallest;

  final Set<Long> joints = new LinkedHashSet<>();
  final Set<Long> payments = new LinkedHashSet<>();
  final Set<Long> accounts = new LinkedHashSet<>();
  final List<Edge> edges = new ArrayList<>();
  int width;
  int version;
  int told;
  long firstMs = Long.MAX_VALUE;
  long lastMs;
  String grownBy;
  long ingestedAtMs;

  Episode(Opening opening) {
    pattern = opening.pattern;
    focus = opening.focus;
    openedBy = opening.by;
    openedMs = opening.timeMs;
    smallest = opening.smallest;
    lastMs = openedMs;
    grownBy = openedBy;
    id = idOf(pattern, openedBy, focus);
  }

  /** What an episode begins with and keeps. */
  record Opening(LaunderingPattern pattern, long focus, String by, long timeMs, int smallest) {}

  private static String idOf(LaunderingPattern pattern, String openedBy, long focus) {
    try {
      String text = "tidegate pattern alert 1|" + pattern + "|" + focus + "|" + openedBy;
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Takes payments in; true if there was a new one. */
  boolean grow(List<Hop> hops, Ledger ledger, PatternSettings.Bounds bounds) {
    boolean grown = false;
    for (Hop hop : hops) {
      if (!payments.add(hop.payment())) {
        continue;
      }
      grown = true;
      accounts.add(hop.from());
      accounts.add(hop.to());
      firstMs = Math.min(firstMs, hop.timeMs());
      if (edges.size() < bounds.payments() && fits(hop, bounds.accounts())) {
        edges.add(ledger.edge(hop));
      }
    }
    return grown;
  }

  private boolean fits(Hop hop, int most) {
    Set<Long> listed = new LinkedHashSet<>();
    for (Edge edge : edges) {
      listed.add(edge.hop().from());
      listed.add(edge.hop().to());
    }
    listed.add(hop.from());
    listed.add(hop.to());
    return listed.size() <= most;
  }

  /** Whether it has grown enough since it was told last. */
  boolean worthTelling() {
    return payments.size() <= EACH_UP_TO || payments.size() >= told + told / 4;
  }

  /** When it is closed unless it grows. */
  long dueMs(PatternSettings.Times times) {
    return Math.min(lastMs + times.quietMs(), openedMs + times.longestMs());
  }

  /** From 0.5 for the smallest that raises an alert towards 1. */
  double score() {
    return (double) width / (width + smallest);
  }
}
