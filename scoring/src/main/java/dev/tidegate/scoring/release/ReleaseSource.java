package dev.tidegate.scoring.release;

import dev.tidegate.scoring.model.Device;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;

/** Where scorers get releases that events name. */
public interface ReleaseSource {
  /**
   * Fetches and verifies a release.
   *
   * @throws ReleaseRefused if it cannot be had or is not what it should be
   */
  LoadedRelease load(ReleaseLine.Known known);

  /**
   * Releases in folders that this machine sees, for the features of a release that serves: a
   * release for others would answer nothing.
   *
   * @param serving release whose feature set they must take
   */
  static ReleaseSource folders(Manifest serving, Device device) {
    return known -> {
      Path folder = folder(known);
      LoadedRelease loaded = ReleaseStore.load(folder, serving.featureDigest(), device);
      if (!loaded.manifest().release().equals(known.release())) {
        throw new ReleaseRefused(
            folder, "it holds " + loaded.manifest().release() + ", not " + known.release());
      }
      if (!loaded.manifestSha256().equals(known.manifestSha256())) {
        throw new ReleaseRefused(
            folder,
            "its manifest has SHA-256 "
                + loaded.manifestSha256()
                + ", the event says "
                + known.manifestSha256());
      }
      if (!loaded.manifest().lane().equals(serving.lane())) {
        throw new ReleaseRefused(folder, "it is of another lane than the one in use");
      }
      if (!loaded.manifest().featureNames().equals(serving.featureNames())) {
        throw new ReleaseRefused(folder, "its features have other names than those in use");
      }
      return loaded;
    };
  }

  private static Path folder(ReleaseLine.Known known) {
    try {
      return known.uri().startsWith("file:")
          ? Path.of(URI.create(known.uri()))
          : Path.of(known.uri());
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new ReleaseRefused(Path.of(known.release()), "no folder: " + known.uri(), e);
    }
  }
}
