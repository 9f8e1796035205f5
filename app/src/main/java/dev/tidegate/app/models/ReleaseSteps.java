package dev.tidegate.app.models;

import dev.tidegate.app.Refused;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.release.ReleaseStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps of releases as events on [models]. A step is tried here first, against the events that
 * stand and the release's own folder, so that whoever asks hears of a refusal; scorers try it again
 * for themselves.
 */
public final class ReleaseSteps {
  private final Whereabouts platform;
  private final ControlEvents events;
  private final InstantSource clock;
  private final LoadedRelease first;

  /**
   * Steps at a platform.
   *
   * @param clock stamps events
   * @throws Refused if the release its scorers were started with cannot be read
   */
  public ReleaseSteps(Whereabouts platform, InstantSource clock) {
    this.platform = platform;
    this.events = platform.events();
    this.clock = clock;
    this.first = load(Path.of(platform.release()));
  }

  private static LoadedRelease load(Path folder) {
    try {
      return ReleaseStore.load(folder);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  /**
   * What stands.
   *
   * @param roles who does what
   * @param steps all steps taken, in their order, of this model
   */
  public record Standing(ReleaseLine.Roles roles, List<ModelRelease> steps) {}

  /** What stands on the topic now. */
  public Standing standing() {
    List<ModelRelease> taken = new ArrayList<>();
    return new Standing(line(taken).roles(), taken);
  }

  private ReleaseLine line(List<ModelRelease> taken) {
    ReleaseLine line =
        new ReleaseLine(
            first.manifest().model(),
            new ReleaseLine.Known(
                first.manifest().release(), platform.release(), first.manifestSha256()));
    for (ModelRelease event : events.all(Topics.MODELS, ModelRelease.class)) {
      if (event.getModel().equals(first.manifest().model()) && line.apply(event) == null) {
        taken.add(event);
      }
    }
    return line;
  }

  /**
   * Takes a step.
   *
   * @param release its folder, or its name if an event has named it before
   * @param percent share of payers, for a canary
   * @param by who takes it
   * @return the event, acknowledged by Kafka
   * @throws Refused if the step cannot be, with the reason
   */
  public ModelRelease take(
      ReleaseAction action, String release, @Nullable Integer percent, String by) {
    ReleaseLine line = line(new ArrayList<>());
    ReleaseLine.Known known = known(line, release);
    if (action != ReleaseAction.ROLLBACK && action != ReleaseAction.RETIRE) {
      prove(known);
    }
    ModelRelease event =
        ModelRelease.newBuilder()
            .setRelease(known.release())
            .setModel(first.manifest().model())
            .setAction(action)
            .setUri(known.uri())
            .setManifestSha256(known.manifestSha256())
            .setFeatureDigest(first.manifest().featureDigest())
            .setCanaryPercent(percent)
            .setBy(by)
            .setAtMs(clock.millis())
            .build();
    String refusal = line.apply(event);
    if (refusal != null) {
      throw new Refused(action + " of " + known.release() + " is refused: " + refusal);
    }
    events.send(
        Topics.MODELS,
        ModelRelease.class,
        List.of(new ControlEvents.Keyed<>(event.getModel(), event)));
    return event;
  }

  private ReleaseLine.Known known(ReleaseLine line, String release) {
    ReleaseLine.Known named = line.known(release);
    if (named != null) {
      return named;
    }
    Path folder = Path.of(release);
    if (!Files.isDirectory(folder)) {
      throw new Refused(release + " is neither a release on [models] nor a folder");
    }
    LoadedRelease loaded = load(folder);
    if (!loaded.manifest().model().equals(first.manifest().model())) {
      throw new Refused(
          release
              + " is of model "
              + loaded.manifest().model()
              + ", not "
              + first.manifest().model());
    }
    return new ReleaseLine.Known(
        loaded.manifest().release(),
        folder.toAbsolutePath().normalize().toString(),
        loaded.manifestSha256());
  }

  private void prove(ReleaseLine.Known known) {
    try {
      ReleaseSource.folders(first.manifest(), Device.CPU).load(known);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }
}
