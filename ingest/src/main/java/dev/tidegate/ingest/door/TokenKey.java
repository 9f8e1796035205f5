package dev.tidegate.ingest.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that turns card numbers into tokens. With another key the same card has another token,
 * so a platform keeps one key for its life. Never printed.
 */
public final class TokenKey {
  /** Environment variable that carries the key. */
  public static final String VARIABLE = "TIDEGATE_TOKEN_KEY";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 16;
  private static final int FRESH_BYTES = 32;

  private final SecretKeySpec key;

  private TokenKey(byte[] secret) {
    if (secret.length < SHORTEST) {
      throw new IllegalArgumentException(
          "the token key has " + secret.length + " bytes; it needs at least " + SHORTEST);
    }
    key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * A key of given bytes.
   *
   * @throws IllegalArgumentException if there are fewer than 16
   */
  public static TokenKey of(byte[] secret) {
    return new TokenKey(secret);
  }

  /**
   * The key in {@value #VARIABLE}, else in a file; a file that is not there is made, with a fresh
   * key only its owner may read.
   *
   * @throws IllegalArgumentException if the key is shorter than 16 bytes
   * @throws IOException if the file can be neither read nor made
   */
  public static TokenKey resolve(Map<String, String> environment, Path file) throws IOException {
    String given = environment.get(VARIABLE);
    if (given != null && !given.isEmpty()) {
      return of(given.getBytes(StandardCharsets.UTF_8));
    }
    if (!Files.exists(file)) {
      create(file);
    }
    return of(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8));
  }

  private static void create(Path file) throws IOException {
    byte[] fresh = new byte[FRESH_BYTES];
    new SecureRandom().nextBytes(fresh);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileAttribute<?>[] ownerOnly =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, options, ownerOnly)) {
      channel.write(StandardCharsets.US_ASCII.encode(HexFormat.of().formatHex(fresh) + "\n"));
    } catch (FileAlreadyExistsException e) {
      // Another process made it at this moment: its key is as good.
      return;
    }
  }

  /** A fresh keyed hash; not thread safe. */
  Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** Sixteen hex digits that tell keys apart without giving one away. */
  public String fingerprint() {
    byte[] hash = mac().doFinal("tidegate token key".getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash, 0, 8);
  }

  @Override
  public String toString() {
    return "TokenKey(****)";
  }
}
