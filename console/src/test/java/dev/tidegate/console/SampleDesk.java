package dev.tidegate.console;

import dev.tidegate.console.models.ActRefused;
import dev.tidegate.console.models.ReleaseAct;
import dev.tidegate.console.models.ReleaseDesk;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.models.ReleaseView.KnownRelease;
import dev.tidegate.console.models.TrialProgress;
import dev.tidegate.schemas.audit.FourEyes;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A desk with the simplest rules: the last step of a release is its role, approvals count by name.
 * The platform's own desk is tested where it is, in app.
 */
public final class SampleDesk implements ReleaseDesk {
  private final SampleControl events;
  private final Consumer<AuditEvent> audits;
  private volatile TrialProgress trial =
      new TrialProgress("payments-sim-0006", "canary", 20_000, 20_000, 12_480, 20_000);
  private List<AuditEvent> seen = List.of();

  /** Writes what is done to an audit. */
  public SampleDesk(SampleControl events, Consumer<AuditEvent> audits) {
    this.events = events;
    this.audits = audits;
  }

  /** How far the canary is from now on. */
  public void progress(long decided) {
    trial = new TrialProgress("payments-sim-0006", "canary", 20_000, 20_000, decided, 20_000);
  }

  @Override
  public synchronized ReleaseView view(List<ModelRelease> steps, List<AuditEvent> audit) {
    seen = audit;
    Map<String, ModelRelease> last = new LinkedHashMap<>();
    steps.forEach(step -> last.put(step.getRelease(), step));
    List<KnownRelease> releases = new ArrayList<>();
    String champion = "none";
    String canary = null;
    List<String> shadows = new ArrayList<>();
    for (ModelRelease step : last.values()) {
      String name = step.getRelease();
      champion = step.getAction() == ReleaseAction.CHAMPION ? name : champion;
      canary = step.getAction() == ReleaseAction.CANARY ? name : canary;
      if (step.getAction() == ReleaseAction.SHADOW) {
        shadows.add(name);
      }
      String ready =
          audit.stream()
              .filter(event -> event.getAction().equals("model.ready"))
              .filter(event -> event.getSubject().equals(name))
              .map(AuditEvent::getTo)
              .findFirst()
              .orElse(null);
      releases.add(
          new KnownRelease(
              name,
              step.getUri(),
              step.getManifestSha256(),
              false,
              approvers(name),
              ready,
              name.equals(trial.release()) ? trial : null));
    }
    return new ReleaseView("payments-sim", champion, canary, 5, shadows, null, true, releases);
  }

  private List<String> approvers(String release) {
    return seen.stream()
        .filter(event -> event.getAction().equals("model.approve"))
        .filter(event -> event.getSubject().equals(release))
        .map(AuditEvent::getActor)
        .toList();
  }

  @Override
  public synchronized void act(ReleaseAct act, String release, String by) {
    boolean own = approvers(release).stream().anyMatch(name -> FourEyes.samePerson(name, by));
    boolean others = approvers(release).stream().anyMatch(name -> !FourEyes.samePerson(name, by));
    if (act == ReleaseAct.APPROVE && own) {
      throw new ActRefused(by + " has approved " + release + " already");
    }
    if (act == ReleaseAct.PROMOTE && !others) {
      throw new ActRefused("another person than " + by + " must approve " + release + " first");
    }
    audits.accept(events.action(by, "model." + act.word(), release, SampleControl.SUM));
  }
}
