package dev.tidegate.scoring.loop;

import dev.tidegate.scoring.decide.ReleaseScorer;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** A release with a model opened for one loop. */
final class OpenRelease implements AutoCloseable {
  private final LoadedRelease release;
  private final Model model;
  private final ReleaseScorer scorer;

  /**
   * Opens a model and warms it, which may take long.
   *
   * @param clock times pauses of a model that is down
   * @param onFailure told the release's name and what its model threw
   */
  OpenRelease(
      LoadedRelease release, InstantSource clock, BiConsumer<String, RuntimeException> onFailure) {
    this.release = release;
    this.model = release.openModel();
    model.score(release.manifest().golden().rows()); // the first run is the slowest
    String name = release.manifest().release();
    this.scorer =
        new ReleaseScorer(
            release.manifest(), model, clock, thrown -> onFailure.accept(name, thrown));
  }

  LoadedRelease release() {
    return release;
  }

  ReleaseScorer scorer() {
    return scorer;
  }

  DeviceUse device() {
    return model.device();
  }

  @Override
  public void close() {
    model.close();
  }
}
