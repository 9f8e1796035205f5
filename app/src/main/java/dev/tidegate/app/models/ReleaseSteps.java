package dev.tidegate.app.models;

import dev.tidegate.app.Refused;
import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.audit.FourEyes;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.store.ReleasePlaces;
import dev.tidegate.scoring.store.S3Address;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Steps of releases as events on [models]. A step is tried here first, against the events that
 * stand and the release's own folder, so that whoever asks hears of a refusal; scorers try it again
 * for themselves.
 */
public final class ReleaseSteps {
  static final String READY = "model.ready";

  private final Whereabouts platform;
  private final ControlEvents events;
  private final AuditedActions actions;
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
    this.actions = platform.actions(clock);
    this.clock = clock;
    this.first = load(folder(platform.release()));
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

  /** Name of the model. */
  String model() {
    return first.manifest().model();
  }

  /** The release that scorers were started with. */
  ReleaseLine.Known first() {
    return new ReleaseLine.Known(
        first.manifest().release(), platform.release(), first.manifestSha256());
  }

  private ReleaseLine line(List<ModelRelease> taken) {
    ReleaseLine line = new ReleaseLine(model(), first());
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
    return take(action, release, percent, new By(by, null));
  }

  /**
   * Who takes a step, and why.
   *
   * @param name a person or a part of the platform
   * @param reason one sentence for the audit; null for none
   */
  public record By(String name, @Nullable String reason) {}

  /**
   * Takes a step for a reason.
   *
   * @throws Refused if the step cannot be, with the reason
   */
  public ModelRelease take(ReleaseAction action, String release, @Nullable Integer percent, By by) {
    var planned =
        actions.take(
            Topics.MODELS, ModelRelease.class, audit -> plan(action, release, percent, by, audit));
    return planned.events().get(0).event();
  }

  /**
   * Takes a step for a reason, unless what stands is what it leads to: for who cannot know whether
   * an earlier try was taken.
   *
   * @return the event; null if that stood already, and nothing is written
   * @throws Refused if the step cannot be, with the reason
   */
  public @Nullable ModelRelease takeOnce(
      ReleaseAction action, String release, @Nullable Integer percent, By by) {
    try {
      return actions
          .take(
              Topics.MODELS,
              ModelRelease.class,
              audit -> {
                requireChange(action, release, percent);
                return plan(action, release, percent, by, audit);
              })
          .events()
          .get(0)
          .event();
    } catch (StandsAlready e) {
      return null;
    }
  }

  /** Ends a plan that would change nothing. */
  private static final class StandsAlready extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  private void requireChange(ReleaseAction action, String release, @Nullable Integer percent) {
    ReleaseLine line = line(new ArrayList<>());
    String name = known(line, release).release();
    ReleaseLine.Roles roles = line.roles();
    boolean stands =
        switch (action) {
          case SHADOW -> line.known(name) != null;
          case CANARY ->
              name.equals(roles.canary()) && Integer.valueOf(roles.percent()).equals(percent);
          case CHAMPION -> name.equals(roles.champion());
          case ROLLBACK ->
              !name.equals(roles.champion())
                  && !name.equals(roles.canary())
                  && !roles.shadows().contains(name);
          case PUBLISH, RETIRE -> false;
        };
    if (stands) {
      throw new StandsAlready();
    }
  }

  /**
   * Notes on the audit, once, that a release may be approved; nothing changes by it.
   *
   * @return false if that stands already
   */
  public boolean noteReady(String release, By by) {
    try {
      var unused =
          actions.take(Topics.MODELS, ModelRelease.class, audit -> ready(release, by, audit));
      return true;
    } catch (StandsAlready e) {
      return false;
    }
  }

  private static AuditedActions.Planned<ModelRelease> ready(
      String release, By by, List<AuditEvent> audit) {
    if (audit.stream()
        .anyMatch(event -> event.getAction().equals(READY) && event.getSubject().equals(release))) {
      throw new StandsAlready();
    }
    return new AuditedActions.Planned<>(
        List.of(), new AuditChain.Action(by.name(), READY, release, null, by.reason()));
  }

  private AuditedActions.Planned<ModelRelease> plan(
      ReleaseAction action,
      String release,
      @Nullable Integer percent,
      By by,
      List<AuditEvent> audit) {
    ReleaseLine line = line(new ArrayList<>());
    String before = words(line.roles());
    ReleaseLine.Known known = known(line, release);
    if (action != ReleaseAction.ROLLBACK && action != ReleaseAction.RETIRE) {
      prove(known);
    }
    ModelRelease event = event(known, action, percent, by.name());
    String refusal = line.apply(event);
    if (refusal != null) {
      throw new Refused(action + " of " + known.release() + " is refused: " + refusal);
    }
    if (action == ReleaseAction.CHAMPION && platform.needsTwoPeople()) {
      requireAnother(known, by.name(), audit);
    }
    return new AuditedActions.Planned<>(
        new ControlEvents.Keyed<>(event.getModel(), event),
        new AuditChain.Action(
            by.name(),
            name(action),
            known.release(),
            before,
            words(line.roles()) + (by.reason() == null ? "" : ": " + by.reason())));
  }

  private ModelRelease event(
      ReleaseLine.Known known, ReleaseAction action, @Nullable Integer percent, String by) {
    return ModelRelease.newBuilder()
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
  }

  private static void requireAnother(ReleaseLine.Known known, String by, List<AuditEvent> audit) {
    Set<String> approved = Approvals.of(known.release(), known.manifestSha256(), audit);
    if (!Approvals.byAnother(approved, by)) {
      throw new Refused(
          "CHAMPION of "
              + known.release()
              + " is refused: another person than "
              + by
              + " must approve it first (tidegate models approve "
              + known.release()
              + " --as NAME)");
    }
  }

  /** Name of a step in the audit: that of its command. */
  private static String name(ReleaseAction action) {
    return action == ReleaseAction.CHAMPION
        ? "model.promote"
        : "model." + action.name().toLowerCase(Locale.ROOT);
  }

  private static String words(ReleaseLine.Roles roles) {
    StringBuilder words = new StringBuilder("champion ").append(roles.champion());
    if (roles.canary() != null) {
      words.append(", canary ").append(roles.canary()).append(' ').append(roles.percent());
      words.append(" %");
    }
    roles.shadows().forEach(shadow -> words.append(", shadow ").append(shadow));
    return words.toString();
  }

  /**
   * Approves a release for promotion: nothing happens to it but that another person may promote it.
   *
   * @param release its folder, or its name if an event has named it before
   * @param by who approves
   * @return name of the release
   * @throws Refused if it cannot be trusted
   */
  public String approve(String release, String by) {
    var planned =
        actions.take(
            Topics.MODELS,
            ModelRelease.class,
            audit -> {
              ReleaseLine.Known known = known(line(new ArrayList<>()), release);
              prove(known);
              Set<String> approved = Approvals.of(known.release(), known.manifestSha256(), audit);
              if (approved.stream().anyMatch(name -> FourEyes.samePerson(name, by))) {
                throw new Refused(by + " has approved " + known.release() + " already");
              }
              return new AuditedActions.Planned<ModelRelease>(
                  List.of(),
                  new AuditChain.Action(
                      by, Approvals.APPROVE, known.release(), null, known.manifestSha256()));
            });
    return planned.action().subject();
  }

  private ReleaseLine.Known known(ReleaseLine line, String release) {
    ReleaseLine.Known named = line.known(release);
    if (named != null) {
      return named;
    }
    boolean stored = S3Address.isOne(release);
    Path folder = folder(release);
    if (!Files.isDirectory(folder)) {
      throw new Refused(
          release + " is neither a release on [models] nor a folder nor an s3:// address");
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
        stored ? release : folder.toAbsolutePath().normalize().toString(),
        loaded.manifestSha256());
  }

  private static Path folder(String release) {
    try {
      return ReleasePlaces.folder(release);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  private void prove(ReleaseLine.Known known) {
    try {
      ReleaseSource.folders(first.manifest(), Device.CPU, ReleasePlaces::folder).load(known);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }
}
