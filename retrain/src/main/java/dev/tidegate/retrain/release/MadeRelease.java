package dev.tidegate.retrain.release;

import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.file.Path;

/** A release that is complete but not yet on disk. Immutable. */
public final class MadeRelease {
  private final Manifest manifest;
  private final byte[] model;

  MadeRelease(Manifest manifest, byte[] model) {
    this.manifest = manifest;
    this.model = model;
  }

  /** What it says about itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** A copy of the model's bytes. */
  public byte[] model() {
    return model.clone();
  }

  /**
   * Writes the folder, whole or not at all.
   *
   * @param parent folder of releases; made if missing
   * @return the release's folder, {@code parent/<release>}
   * @throws IOException if the disk refuses, or another release stands under that name
   */
  public Path writeInto(Path parent) throws IOException {
    return ReleaseStore.write(parent, manifest, model);
  }
}
