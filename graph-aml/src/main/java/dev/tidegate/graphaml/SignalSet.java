package dev.tidegate.graphaml;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.SignalLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The signals of each payment, in the order of a signal's values, and the digest that names them:
 * over the names, and over every setting that their values depend on. Immutable.
 */
public final class SignalSet {
  private static final String VERSION = "tidegate signal set 2, values float32, amounts base minor";

  private final List<String> names;
  private final String digest;

  private SignalSet(List<String> names, String digest) {
    this.names = names;
    this.digest = digest;
  }

  /** The signals under these settings. */
  public static SignalSet of(GraphSettings settings) {
    List<String> names = new SignalLayout(settings).names();
    String definition = VERSION + "\n" + counted(settings) + "\n" + String.join("\n", names);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha.digest(definition.getBytes(StandardCharsets.UTF_8));
      return new SignalSet(names, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** No signal depends on longer cycles than are counted. */
  private static GraphSettings counted(GraphSettings settings) {
    GraphSettings.Limits limits = settings.limits();
    if (limits.countsLonger()) {
      return settings;
    }
    return new GraphSettings(
        settings.windows(),
        settings.horizons(),
        new GraphSettings.Limits(
            limits.hubDegree(),
            Math.min(limits.cycleHops(), GraphSettings.COUNTED_HOPS),
            limits.searchSteps(),
            limits.listedPaths(),
            false,
            limits.followsMoney()),
        settings.tolerance(),
        settings.currencies());
  }

  /** Names in the order of a signal's values. */
  public List<String> names() {
    return names;
  }

  /** SHA-256, hexadecimal. */
  public String digest() {
    return digest;
  }
}
