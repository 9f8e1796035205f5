package dev.tidegate.ingest.publish;

import dev.tidegate.ingest.csv.InputFile;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells sources apart: SHA-256 over the file's size, its first and last 256 KiB, the profile and
 * the token key's fingerprint. A change in the middle of a file that keeps its size is not seen.
 */
public final class SourceFingerprint {
  private static final int SAMPLE = 1 << 18;

  private SourceFingerprint() {}

  /** Fingerprint of a file read with a profile and a key, 64 hex digits. */
  public static String of(Path file, Profile profile, TokenKey key) throws IOException {
    InputFile input = InputFile.of(file);
    MessageDigest digest = sha256();
    try (SeekableByteChannel channel = Files.newByteChannel(input.path())) {
      long size = channel.size();
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
      sample(channel, 0, digest);
      sample(channel, Math.max(0, size - SAMPLE), digest);
    }
    return finish(digest, String.valueOf(input.entry()), profile, key);
  }

  /** Fingerprint of a source that is no file but always gives the same rows under a name. */
  public static String of(String name, Profile profile, TokenKey key) {
    return finish(sha256(), name, profile, key);
  }

  private static void sample(SeekableByteChannel channel, long from, MessageDigest digest)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(SAMPLE);
    channel.position(from);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // read on
    }
    digest.update(buffer.flip());
  }

  private static String finish(MessageDigest digest, String name, Profile profile, TokenKey key) {
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update(profile.toString().getBytes(StandardCharsets.UTF_8));
    digest.update(key.fingerprint().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
