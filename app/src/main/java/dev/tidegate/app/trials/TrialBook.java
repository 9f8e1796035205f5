package dev.tidegate.app.trials;

import dev.tidegate.console.models.TrialProgress;
import dev.tidegate.retrain.detect.EventClock;
import dev.tidegate.retrain.detect.LabelMaturity;
import dev.tidegate.retrain.trial.ReleaseTrial;
import dev.tidegate.retrain.trial.TrialSettings;
import dev.tidegate.retrain.trial.TrialStep;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.ShadowScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trials that run, fed by events: who is on trial, what each answered, what payments turned out
 * to be. Only releases that the follower itself put into the shadow are on trial; people's own
 * shadows are theirs. Events that come twice count once. Not thread safe.
 */
final class TrialBook {
  /** Who takes the steps of trials, on events and in the audit. */
  static final String BY = "release-trial";

  private static final long GRACE_MS = 60_000;

  private final TrialSettings settings;
  private final Map<String, OneTrial> trials = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private final LabelMaturity championLabels;
  private final long delayMs;
  private final EventClock clock = new EventClock();

  /**
   * No trials yet.
   *
   * @param labelDelay from a payment to when its outcome may be taken as known
   */
  TrialBook(TrialSettings settings, Duration labelDelay) {
    this.settings = settings;
    this.delayMs = labelDelay.toMillis();
    this.championLabels = new LabelMaturity(delayMs);
  }

  /** A step of a release. */
  record Due(String release, TrialStep step) {}

  private static final class OneTrial {
    private final ReleaseTrial trial;
    private final LabelMaturity labels;
    private final Set<String> seen = new HashSet<>();

    OneTrial(TrialSettings settings, long delayMs) {
      trial = new ReleaseTrial(settings);
      labels = new LabelMaturity(delayMs);
    }
  }

  /** True if an event has named the release. */
  boolean knows(String release) {
    return named.contains(release);
  }

  void step(ModelRelease event) {
    named.add(event.getRelease());
    if (event.getAction() == ReleaseAction.SHADOW && event.getBy().equals(BY)) {
      trials.putIfAbsent(event.getRelease(), new OneTrial(settings, delayMs));
    } else if (event.getAction() != ReleaseAction.CANARY
        && event.getAction() != ReleaseAction.PUBLISH) {
      trials.remove(event.getRelease());
    }
  }

  List<Due> shadowed(ShadowScore score) {
    OneTrial one = trials.get(score.getRelease());
    if (one == null
        || score.getDegraded() != null
        || !one.seen.add("shadow " + score.getTransactionId())) {
      return List.of();
    }
    return due(
        score.getRelease(),
        one.trial.shadowed(stops(score.getOutcome()), stops(score.getServingOutcome())));
  }

  List<Due> decided(Decision decision) {
    // One far ahead of time would make every outcome due, and hold back all that wait behind it.
    boolean known = clock.takes(decision.getEventTimeMs());
    if (!known || decision.getDegraded() != null || trials.isEmpty()) {
      return List.of();
    }
    boolean stopped = stops(decision.getOutcome());
    List<Due> due = new ArrayList<>();
    OneTrial one = trials.get(decision.getRelease());
    if (one == null) {
      wait(championLabels, decision, stopped);
    } else if (one.seen.add(decision.getTransactionId())) {
      wait(one.labels, decision, stopped);
      due.addAll(due(decision.getRelease(), one.trial.decided(stopped)));
    }
    return due;
  }

  private static void wait(LabelMaturity labels, Decision decision, boolean stopped) {
    labels.scored(decision.getTransactionId(), decision.getEventTimeMs(), stopped ? 1 : 0);
  }

  void labelled(Label label) {
    championLabels.labelled(label.getTransactionId(), label.getKnownAtMs(), label.getFraud());
    for (OneTrial one : trials.values()) {
      one.labels.labelled(label.getTransactionId(), label.getKnownAtMs(), label.getFraud());
    }
  }

  /**
   * Takes the outcomes that have matured by the newest decision, but for a grace in which labels
   * that were known in time may still be read. To be called when labels have been read as far as
   * decisions.
   */
  List<Due> mature() {
    List<Due> due = new ArrayList<>();
    if (!clock.known()) {
      return due;
    }
    long nowMs = clock.nowMs() - GRACE_MS;
    championLabels.advance(
        nowMs,
        (stopped, fraud) ->
            trials.values().forEach(one -> one.trial.championMatured(stopped > 0, fraud)));
    trials.forEach(
        (release, one) ->
            one.labels.advance(
                nowMs,
                (stopped, fraud) ->
                    due.addAll(due(release, one.trial.matured(stopped > 0, fraud)))));
    return due;
  }

  /** How far each trial is. */
  List<TrialProgress> progress() {
    List<TrialProgress> progress = new ArrayList<>();
    trials.forEach(
        (release, one) ->
            progress.add(
                new TrialProgress(
                    release,
                    one.trial.stage().name().toLowerCase(Locale.ROOT),
                    one.trial.shadowed(),
                    settings.shadowDecisions(),
                    one.trial.decided(),
                    settings.canaryDecisions())));
    return progress;
  }

  private static List<Due> due(String release, @Nullable TrialStep step) {
    return step == null ? List.of() : List.of(new Due(release, step));
  }

  private static boolean stops(Outcome outcome) {
    return outcome != Outcome.APPROVE;
  }
}
