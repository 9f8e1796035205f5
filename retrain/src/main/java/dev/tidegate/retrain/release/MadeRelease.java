package dev.tidegate.retrain.release;

import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A release that is complete but not yet on disk. Immutable. */
public final class MadeRelease {
  private final Manifest manifest;
  private final byte[] model;
  private final FeatureReference scores;

  MadeRelease(Manifest manifest, byte[] model, FeatureReference scores) {
    this.manifest = manifest;
    this.model = model;
    this.scores = scores;
  }

  /** What it says about itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** References of features with that of its scores, by hour of the week, after them. */
  public List<FeatureReference> withScores(List<FeatureReference> features) {
    List<FeatureReference> all = new ArrayList<>(features);
    all.add(scores);
    return all;
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
