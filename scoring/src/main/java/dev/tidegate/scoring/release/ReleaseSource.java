package dev.tidegate.scoring.release;

import dev.tidegate.scoring.model.Device;
import java.nio.file.Path;
import java.util.function.Function;

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
   * @param places folder of an address, which it fetches where that is elsewhere; it throws {@link
   *     ReleaseRefused} if it cannot be had
   */
  static ReleaseSource folders(Manifest serving, Device device, Function<String, Path> places) {
    return known -> {
      Path folder = places.apply(known.uri());
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
}
