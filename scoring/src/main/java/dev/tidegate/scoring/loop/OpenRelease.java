package dev.tidegate.scoring.loop;

import dev.tidegate.scoring.decide.ReleaseScorer;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A release with a model opened for one loop. */
final class OpenRelease implements AutoCloseable {
  private final LoadedRelease release;
  private final ReleaseScorer scorer;

  /**
   * Opens a model and warms it, which may take long.
   *
   * @param settings how models are called
   * @param clock times pauses of a model that is down
   * @param onFailure told the release's name and what its model threw
   */
  OpenRelease(
      LoadedRelease release,
      ScoringSettings settings,
      InstantSource clock,
      BiConsumer<String, RuntimeException> onFailure) {
    this.release = release;
    String name = release.manifest().release();
    Consumer<RuntimeException> told = thrown -> onFailure.accept(name, thrown);
    if (settings.callsBeside()) {
      Duration limit = settings.limits().modelLimit();
      scorer = ReleaseScorer.beside(release.manifest(), release.models(), limit, clock, told);
    } else {
      Model model = release.openModel();
      model.score(release.manifest().golden().rows()); // the first run is the slowest
      scorer = new ReleaseScorer(release.manifest(), model, clock, told);
    }
  }

  LoadedRelease release() {
    return release;
  }

  ReleaseScorer scorer() {
    return scorer;
  }

  DeviceUse device() {
    return scorer.device();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
