package dev.tidegate.console.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidegate.console.models.ReleaseView.KnownRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What releases say of themselves, from their folders, or from where else they are: the manifest,
 * if its sum is the one that the steps name, and the model card, if its sum is the one in the
 * manifest. A folder that this machine does not see is no fault; it tells nothing. Keeps the
 * manifests of the last {@value #MOST} releases. Thread safe.
 */
public final class ReleaseFiles {
  private static final int MOST = 100;
  private static final long LONGEST = 16L << 20;
  private static final String MANIFEST = "manifest.json";
  private static final String CARD = "card.html";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, Said> known = new LinkedHashMap<>();

  private final @Nullable ReleaseDesk elsewhere;

  /**
   * Reads nothing yet.
   *
   * @param elsewhere has files of releases that are in no folder; null for none
   */
  public ReleaseFiles(@Nullable ReleaseDesk elsewhere) {
    this.elsewhere = elsewhere;
  }

  /** A manifest. */
  public static final class Said {
    private final JsonNode manifest;

    private Said(JsonNode manifest) {
      this.manifest = manifest;
    }

    /** A number at the top of the manifest; empty if there is none. */
    public OptionalDouble number(String name) {
      return number(manifest.path(name));
    }

    /** A figure of its evaluation; empty if there is none. */
    public OptionalDouble metric(String name) {
      return number(manifest.path("metrics").path(name));
    }

    /** Of what it learned from; empty if that is not said. */
    public String training(String name) {
      return manifest.path("training").path(name).asText("");
    }

    /** True if it comes with a model card. */
    public boolean hasCard() {
      return !cardSum().isEmpty();
    }

    private String cardSum() {
      return manifest.path("files").path(CARD).asText("");
    }

    private static OptionalDouble number(JsonNode node) {
      return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }
  }

  /** A release's manifest; empty if it cannot be read here or is not the one that was named. */
  public synchronized Optional<Said> manifest(KnownRelease release) {
    String sum = release.manifestSha256();
    Said said = known.get(sum);
    if (said == null) {
      said = read(release.uri(), MANIFEST, sum).flatMap(ReleaseFiles::parse).orElse(null);
      if (said != null) {
        known.put(sum, said);
        if (known.size() > MOST) {
          known.remove(known.keySet().iterator().next());
        }
      }
    }
    return Optional.ofNullable(said);
  }

  /** A release's model card as a page, UTF-8; empty if it has none or it is not as it was made. */
  public Optional<byte[]> card(KnownRelease release) {
    return manifest(release)
        .filter(Said::hasCard)
        .flatMap(said -> read(release.uri(), CARD, said.cardSum()));
  }

  private static Optional<Said> parse(byte[] json) {
    try {
      return Optional.of(new Said(MAPPER.readTree(json)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> read(String address, String name, String sum) {
    byte[] content =
        address.contains("://")
            ? elsewhere == null ? null : elsewhere.file(address, name, sum)
            : ofFolder(address, name);
    return content != null && content.length <= LONGEST && sha256(content).equals(sum)
        ? Optional.of(content)
        : Optional.empty();
  }

  private static byte @Nullable [] ofFolder(String folder, String name) {
    try {
      Path file = Path.of(folder).resolve(name);
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST
          ? Files.readAllBytes(file)
          : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
