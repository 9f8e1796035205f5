package dev.tidegate.app.models;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.console.models.ActRefused;
import dev.tidegate.console.models.ActUnknown;
import dev.tidegate.console.models.ReleaseAct;
import dev.tidegate.console.models.ReleaseDesk;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.models.ReleaseView.KnownRelease;
import dev.tidegate.console.models.TrialProgress;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.store.ReleasePlaces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The desk behind the console's page of models: the same steps, refusals and events as those of
 * {@code tidegate models}. Thread safe.
 */
public final class ConsoleDesk implements ReleaseDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  // configuration
  private final Whereabouts platform;
  private final Supplier<List<TrialProgress>> trials;
  private final InstantSource clock;
  private final StoredFiles files = new StoredFiles(ReleasePlaces::stored, PATIENCE);

  // runtime
  private @Nullable ReleaseSteps steps;

  /**
   * A desk at a platform; it reads the release in charge when it is first asked.
   *
   * @param trials how far trials are; must be quick and thread safe
   * @param clock stamps events
   */
  public ConsoleDesk(
      Whereabouts platform, Supplier<List<TrialProgress>> trials, InstantSource clock) {
    this.platform = platform;
    this.trials = trials;
    this.clock = clock;
  }

  private synchronized ReleaseSteps steps() {
    ReleaseSteps known = steps;
    if (known == null) {
      known = new ReleaseSteps(platform, clock);
      steps = known;
    }
    return known;
  }

  @Override
  public ReleaseView view(List<ModelRelease> events, List<AuditEvent> audit) {
    ReleaseSteps own;
    try {
      own = steps();
    } catch (Refused e) {
      throw new ActRefused(e);
    }
    ReleaseLine line = new ReleaseLine(own.model(), own.first());
    Map<String, ModelRelease> last = new LinkedHashMap<>();
    for (ModelRelease event : events) {
      if (event.getModel().equals(own.model()) && line.apply(event) == null) {
        last.remove(event.getRelease());
        last.put(event.getRelease(), event);
      }
    }
    return view(own, line, last, audit);
  }

  private ReleaseView view(
      ReleaseSteps own, ReleaseLine line, Map<String, ModelRelease> last, List<AuditEvent> audit) {
    List<KnownRelease> releases = new ArrayList<>();
    if (!last.containsKey(own.first().release())) {
      releases.add(known(own.first(), false, audit));
    }
    last.forEach(
        (name, event) -> {
          ReleaseLine.Known named = line.known(name);
          if (named != null) {
            releases.add(known(named, event.getAction() == ReleaseAction.RETIRE, audit));
          }
        });
    Collections.reverse(releases);
    ReleaseLine.Roles roles = line.roles();
    return new ReleaseView(
        own.model(),
        roles.champion(),
        roles.canary(),
        roles.percent(),
        roles.shadows(),
        roles.previous(),
        platform.needsTwoPeople(),
        releases);
  }

  private KnownRelease known(ReleaseLine.Known named, boolean retired, List<AuditEvent> audit) {
    return new KnownRelease(
        named.release(),
        named.uri(),
        named.manifestSha256(),
        retired,
        List.copyOf(Approvals.of(named.release(), named.manifestSha256(), audit)),
        ready(named.release(), audit),
        trials.get().stream()
            .filter(trial -> trial.release().equals(named.release()))
            .findFirst()
            .orElse(null));
  }

  /** Why a release's trial calls it ready; null if none has, or it was withdrawn since. */
  private static @Nullable String ready(String release, List<AuditEvent> audit) {
    String ready = null;
    for (AuditEvent event : audit) {
      if (event.getSubject().equals(release)) {
        ready =
            switch (event.getAction()) {
              case ReleaseSteps.READY ->
                  event.getTo() == null ? "it has ended well" : event.getTo();
              case Approvals.ROLLBACK, Approvals.RETIRE -> null;
              default -> ready;
            };
      }
    }
    return ready;
  }

  @Override
  public byte @Nullable [] file(String address, String name, String sum) {
    return files.read(address, name, sum);
  }

  @Override
  public void act(ReleaseAct act, String release, String by) {
    try {
      switch (act) {
        case APPROVE -> steps().approve(release, by);
        case PROMOTE -> steps().take(ReleaseAction.CHAMPION, release, null, by);
        case ROLLBACK -> steps().take(ReleaseAction.ROLLBACK, release, null, by);
      }
    } catch (Refused e) {
      throw new ActRefused(e);
    } catch (OutcomeUnknown e) {
      throw new ActUnknown(e);
    }
  }
}
