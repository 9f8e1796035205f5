package dev.tidegate.scoring.store;

import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Releases in an object store, each under an address of its own: {@code manifest.json} and beside
 * it the files that it names, each as {@code SHA256-NAME}. Files under their plain names, as a
 * folder has them, are read too.
 *
 * <p>Written, the manifest comes last and only where none stands; read, it comes first and names
 * all others with their sums. So a release is there whole or not at all, whenever its writer dies,
 * and one that stands never changes. Files without a manifest are nobody's release.
 *
 * <p>Names with sums keep writers of different releases at one address apart: none writes over
 * another's files, so whichever manifest stands is that of a whole release, and the other writer is
 * told. Where a store does not honour {@code If-None-Match}, of two manifests written in the same
 * moment the later one stands.
 *
 * <p>What is fetched lies in a folder of this process alone and is gone with it; the same release
 * is fetched once. Thread safe.
 */
public final class S3Releases {
  private final S3Objects objects;
  private final Map<String, Path> fetched = new LinkedHashMap<>();

  /** A store. */
  public S3Releases(S3Access access, InstantSource clock) {
    objects = new S3Objects(access, clock);
  }

  /**
   * Fetches a release.
   *
   * @return its folder on this machine, not proven yet
   * @throws ReleaseRefused if none stands there, or a file of it is missing or damaged
   * @throws StoreFailed if the store does not answer, or refuses
   */
  public synchronized Path fetch(S3Address at) {
    byte[] json = manifest(at);
    String key = at + " " + Sha256.hex(json);
    Path before = fetched.get(key);
    if (before != null && Files.exists(before.resolve(ReleaseStore.MANIFEST))) {
      return before;
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    sums(at, json).forEach((name, sum) -> files.put(name, file(at, name, sum)));
    files.put(ReleaseStore.MANIFEST, json);
    Path folder = keep(at, files);
    fetched.put(key, folder);
    return folder;
  }

  private byte[] manifest(S3Address at) {
    byte[] json = objects.get(at.resolve(ReleaseStore.MANIFEST));
    if (json == null) {
      throw new ReleaseRefused(shown(at), "it has no " + ReleaseStore.MANIFEST + " at " + at);
    }
    return json;
  }

  private static Map<String, String> sums(S3Address at, byte[] json) {
    Manifest manifest = ReleaseStore.manifest(shown(at), json);
    Map<String, String> sums = new LinkedHashMap<>(manifest.files());
    sums.put(manifest.modelFile(), manifest.modelSha256());
    return sums;
  }

  /**
   * A file of a release, without the others. Keys that may not list the bucket are answered 403 for
   * what is not there, so a refusal of one name says nothing of the other.
   *
   * @param name of the file
   * @param sum SHA-256 that it must have, 64 hexadecimal digits
   * @return null if there is none of that name and sum
   * @throws StoreFailed if the store does not answer, or refuses one of the names and the file is
   *     not under the other; the message names both
   */
  public byte @Nullable [] read(S3Address at, String name, String sum) {
    List<String> said = new ArrayList<>();
    boolean forbidden = false;
    for (S3Address place : List.of(named(at, name, sum), at.resolve(name))) {
      try {
        byte[] bytes = objects.get(place);
        if (bytes != null && Sha256.hex(bytes).equals(sum)) {
          return bytes;
        }
        said.add(place + (bytes == null ? " is not there" : " has another SHA-256 than " + sum));
      } catch (StoreFailed e) {
        if (!e.isForbidden()) {
          throw e;
        }
        forbidden = true;
        said.add(String.valueOf(e.getMessage()));
      }
    }
    if (forbidden) {
      throw StoreFailed.forbidden(String.join("; ", said));
    }
    return null;
  }

  private static S3Address named(S3Address at, String name, String sum) {
    return at.resolve(sum + "-" + name);
  }

  private byte[] file(S3Address at, String name, String sum) {
    if (name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      throw new ReleaseRefused(shown(at), "its manifest names a file " + name);
    }
    byte[] bytes = read(at, name, sum);
    if (bytes != null) {
      return bytes;
    }
    byte[] other = objects.get(at.resolve(name));
    throw new ReleaseRefused(
        shown(at),
        other == null
            ? "it has no " + name + " at " + at
            : name + " has SHA-256 " + Sha256.hex(other) + ", not " + sum);
  }

  private static Path keep(S3Address at, Map<String, byte[]> files) {
    try {
      // Its owner's alone: nobody puts other files there between proof and use.
      Path root = Files.createTempDirectory("tidegate-release-");
      Path folder = Files.createDirectory(root.resolve(shown(at).getFileName().toString()));
      List<Path> written = new ArrayList<>(List.of(root, folder));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        written.add(Files.write(folder.resolve(file.getKey()), file.getValue()));
      }
      written.forEach(path -> path.toFile().deleteOnExit());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("a release cannot be kept here", e);
    }
  }

  private static Path shown(S3Address at) {
    String name = at.key().substring(at.key().lastIndexOf('/') + 1);
    return Path.of(name.isEmpty() ? at.bucket() : name);
  }

  /** True if a release stands there. */
  public boolean stands(S3Address at) {
    return objects.get(at.resolve(ReleaseStore.MANIFEST)) != null;
  }

  /**
   * Writes a release that stands in a folder. The same one again is left as it is.
   *
   * @param folder a release that has been proven
   * @param at its own address
   * @throws ReleaseRefused if another release stands there
   * @throws StoreFailed if the store does not answer, or refuses; then no release stands there, or
   *     the whole one does
   */
  public void publish(Path folder, S3Address at) {
    byte[] json = read(folder.resolve(ReleaseStore.MANIFEST));
    byte[] standing = objects.get(at.resolve(ReleaseStore.MANIFEST));
    if (standing == null) {
      sums(at, json).forEach((name, sum) -> write(at, name, sum, read(folder.resolve(name))));
      // Whether it was written or not: what stands counts.
      var unused = objects.putNew(at.resolve(ReleaseStore.MANIFEST), json);
      standing = objects.get(at.resolve(ReleaseStore.MANIFEST));
    }
    if (!Arrays.equals(standing, json)) {
      throw new ReleaseRefused(
          shown(at), "something else stands at " + at + "; releases never change");
    }
  }

  private void write(S3Address at, String name, String sum, byte[] bytes) {
    if (!Sha256.hex(bytes).equals(sum)) {
      throw new ReleaseRefused(shown(at), name + " is not as its manifest says");
    }
    objects.put(named(at, name, sum), bytes);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
