package dev.tidegate.app.trainer;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.store.ReleasePlaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the release that was in charge when a request was raised, with the features it takes. */
final class ChampionFinder {
  private ChampionFinder() {}

  /**
   * Finds and proves it.
   *
   * @throws Refused if it is nowhere, is another one than the request's, or takes other features
   */
  static ChosenRelease find(RetrainRequest request, RunRequest run) {
    Path given = run.places().champion();
    ChosenRelease found = Releases.load(given == null ? folder(request, run) : given);
    String name = found.release().manifest().release();
    if (!name.equals(request.getRelease())) {
      throw new Refused(
          found.folder() + " holds " + name + ", but the request is about " + request.getRelease());
    }
    if (!found.release().manifest().model().equals(request.getModel())) {
      throw new Refused(
          name
              + " is of model "
              + found.release().manifest().model()
              + ", but the request is about "
              + request.getModel());
    }
    String digest = found.release().manifest().featureDigest();
    if (!request.getFeatureDigest().isEmpty() && !request.getFeatureDigest().equals(digest)) {
      throw new Refused(
          name
              + " takes feature set "
              + digest
              + ", but the request is about vectors of "
              + request.getFeatureDigest());
    }
    return found;
  }

  private static Path folder(RetrainRequest request, RunRequest run) {
    Path named = named(request, run);
    return Stream.of(
            named,
            run.out().resolve(request.getRelease()),
            Home.path("config", "releases").resolve(request.getRelease()))
        .filter(folder -> folder != null && Files.exists(folder.resolve(ReleaseStore.MANIFEST)))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    "release "
                        + request.getRelease()
                        + " of the request is in no folder that this run can see; name it by"
                        + " --champion"));
  }

  /** Null where it is in no place that this run reaches; others may be. */
  private static @Nullable Path fetched(String uri) {
    try {
      return ReleasePlaces.folder(uri);
    } catch (ReleaseRefused e) {
      return null;
    }
  }

  private static @Nullable Path named(RetrainRequest request, RunRequest run) {
    List<ModelRelease> events =
        new ControlEvents(run.places().kafka(), run.places().registry())
            .all(Topics.MODELS, ModelRelease.class);
    return events.stream()
        .filter(event -> event.getRelease().equals(request.getRelease()))
        .reduce((first, second) -> second)
        .map(event -> fetched(event.getUri()))
        .orElse(null);
  }
}
