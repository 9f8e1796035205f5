package dev.tidegate.graphaml.lane;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What the places of a joined vector hold: the features, then each signal under its name with
 * {@code graph_} before it, then {@link #UNKNOWN}. Its digest is over the digests of both sets, so
 * a model that was trained under another of either is not served. Immutable.
 *
 * @param names in the order of a joined vector's values
 * @param digest SHA-256, hexadecimal
 */
public record JoinedSet(List<String> names, String digest) {
  /** The last value: 1 where the payment's signals are not known, 0 where they are. */
  public static final String UNKNOWN = "graph_unknown";

  private static final String PREFIX = "graph_";
  private static final String VERSION = "tidegate joined set 1: features, signals, unknown";

  /** Keeps a copy. */
  public JoinedSet {
    names = List.copyOf(names);
  }

  /** The set of these features and signals; each has its names in order and a digest. */
  public static JoinedSet of(
      List<String> features, String featureDigest, List<String> signals, String signalDigest) {
    List<String> names = new ArrayList<>(features);
    signals.forEach(signal -> names.add(PREFIX + signal));
    names.add(UNKNOWN);
    return new JoinedSet(names, digest(featureDigest, signalDigest));
  }

  /** The digest of joined vectors whose halves have these digests. */
  static String digest(String featureDigest, String signalDigest) {
    String definition = String.join("\n", VERSION, featureDigest, signalDigest);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(definition.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
