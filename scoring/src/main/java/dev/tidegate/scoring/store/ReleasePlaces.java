package dev.tidegate.scoring.store;

import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.ReleaseRefused;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where releases are, by addresses as events and settings give them: a folder of this machine, a
 * {@code file:} URL, or {@code s3://bucket/path} in the object store that the process's environment
 * names ({@link S3Access}). Thread safe.
 */
public final class ReleasePlaces {
  private static @Nullable S3Releases store;

  private ReleasePlaces() {}

  /**
   * The folder of a release on this machine; one in an object store is fetched.
   *
   * @throws ReleaseRefused if the address names none, or it cannot be had now
   */
  public static Path folder(String address) {
    try {
      if (S3Address.isOne(address)) {
        return ofEnvironment().fetch(S3Address.parse(address));
      }
      return address.startsWith("file:") ? Path.of(URI.create(address)) : Path.of(address);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new ReleaseRefused(Path.of("at " + address), "no folder: " + e.getMessage(), e);
    } catch (StoreFailed e) {
      throw new ReleaseRefused(Path.of("at " + address), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * A file of a release in an object store, without the others.
   *
   * @param address {@code s3://bucket/path} of the release
   * @param sum SHA-256 that the file must have
   * @return null if there is none of that name and sum
   * @throws StoreFailed if the environment names no store, or it does not answer
   * @throws IllegalArgumentException if it is no such address
   */
  public static byte @Nullable [] stored(String address, String name, String sum) {
    return ofEnvironment().read(S3Address.parse(address), name, sum);
  }

  /**
   * Address of a release among others.
   *
   * @param parent of them all
   */
  public static String within(String parent, String release) {
    return S3Address.isOne(parent)
        ? S3Address.parse(parent).resolve(release).toString()
        : Path.of(parent).resolve(release).toString();
  }

  /**
   * The object store that the process's environment names.
   *
   * @throws StoreFailed if it names none
   */
  public static synchronized S3Releases ofEnvironment() {
    S3Releases known = store;
    if (known == null) {
      known = new S3Releases(S3Access.of(System.getenv()), WallClock.INSTANCE);
      store = known;
    }
    return known;
  }
}
