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
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trials that run, fed by events: who is on trial, what each answered, what payments turned out
 * to be. Only releases that the follower itself put into the shadow are on trial; people's own
 * shadows are theirs. Events that come twice count once, as far as {@link RecentIds} reach, and of
 * one payer's stops on a day the first is a stop ({@link PayerDays}). Not thread safe.
 *
 * <p>Memory does not grow with the rate of payments: of the champion's it holds as many as a trial
 * still learns from, a quarter of a shadow's; of a canary's at most {@value #MOST_WAITING} ({@link
 * OutcomeQuota}), some 170 bytes each with an id of 36 characters. Without a trial it holds none.
 */
final class TrialBook {
  /** Who takes the steps of trials, on events and in the audit. */
  static final String BY = "release-trial";

  static final int MOST_WAITING = 1_000_000;

  private static final long GRACE_MS = 60_000;

  private final TrialSettings settings;
  private final Map<String, OneTrial> trials = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private final long delayMs;
  private final int mostWaiting;
  private final EventClock clock = new EventClock();
  private LabelMaturity championLabels;

  /**
   * No trials yet.
   *
   * @param labelDelay from a payment to when its outcome may be taken as known
   */
  TrialBook(TrialSettings settings, Duration labelDelay) {
    this(settings, labelDelay, MOST_WAITING);
  }

  /** With another bound on payments that wait. */
  TrialBook(TrialSettings settings, Duration labelDelay, int mostWaiting) {
    this.settings = settings;
    this.delayMs = labelDelay.toMillis();
    this.mostWaiting = mostWaiting;
    this.championLabels = new LabelMaturity(delayMs);
  }

  /** A step of a release. */
  record Due(String release, TrialStep step) {}

  private static final class OneTrial {
    private final ReleaseTrial trial;
    private final LabelMaturity labels;
    private final OutcomeQuota quota;
    private final long sinceMs;
    private final RecentIds<String> seen = new RecentIds<>();
    private final PayerDays stops = new PayerDays();
    private final PayerDays championStops = new PayerDays();
    private final PayerDays misses = new PayerDays();
    private final PayerDays championMisses = new PayerDays();

    OneTrial(TrialSettings settings, long delayMs, int mostWaiting, long sinceMs) {
      trial = new ReleaseTrial(settings);
      labels = new LabelMaturity(delayMs);
      quota = new OutcomeQuota(mostWaiting, delayMs);
      this.sinceMs = sinceMs;
    }
  }

  /** True if an event has named the release. */
  boolean knows(String release) {
    return named.contains(release);
  }

  /** When the oldest trial that runs began; empty if none runs. */
  OptionalLong since() {
    return trials.values().stream().mapToLong(one -> one.sinceMs).min();
  }

  /** Payments that wait for their outcome. */
  int waiting() {
    return championLabels.waiting()
        + trials.values().stream().mapToInt(one -> one.labels.waiting()).sum();
  }

  /**
   * A step of a release.
   *
   * @param writtenMs when the broker wrote the event
   */
  void step(ModelRelease event, long writtenMs) {
    named.add(event.getRelease());
    if (event.getAction() == ReleaseAction.SHADOW && event.getBy().equals(BY)) {
      trials.computeIfAbsent(
          event.getRelease(), name -> new OneTrial(settings, delayMs, mostWaiting, writtenMs));
    } else if (event.getAction() != ReleaseAction.CANARY
        && event.getAction() != ReleaseAction.PUBLISH) {
      trials.remove(event.getRelease());
      if (trials.isEmpty()) {
        championLabels = new LabelMaturity(delayMs);
      }
    }
  }

  List<Due> shadowed(ShadowScore score) {
    OneTrial one = trials.get(score.getRelease());
    if (one == null
        || score.getDegraded() != null
        || one.trial.stage() != ReleaseTrial.Stage.SHADOW
        || !one.seen.add("shadow " + score.getTransactionId())) {
      return List.of();
    }
    int payer = PayerDays.of(score.getPayerAccount(), score.getEventTimeMs());
    return due(
        score.getRelease(),
        one.trial.shadowed(
            answer(score.getOutcome(), payer, one.stops),
            answer(score.getServingOutcome(), payer, one.championStops)));
  }

  List<Due> decided(Decision decision) {
    // One far ahead of time would make every outcome due, and hold back all that wait behind it.
    boolean known = clock.takes(decision.getEventTimeMs());
    if (!known || decision.getDegraded() != null || trials.isEmpty()) {
      return List.of();
    }
    OneTrial one = trials.get(decision.getRelease());
    if (one == null) {
      if (championLabels.waiting() < championOutcomesWanted()) {
        wait(championLabels, decision);
      }
      return List.of();
    }
    if (!one.seen.add(decision.getTransactionId())) {
      return List.of();
    }
    if (one.quota.takes(clock.nowMs())) {
      wait(one.labels, decision);
    }
    int payer = PayerDays.of(decision.getPayerAccount(), decision.getEventTimeMs());
    return due(
        decision.getRelease(), one.trial.decided(answer(decision.getOutcome(), payer, one.stops)));
  }

  /** More would wait for nothing: all that wait come to every trial, until it has learned. */
  private int championOutcomesWanted() {
    int wanted = 0;
    for (OneTrial one : trials.values()) {
      wanted = Math.max(wanted, one.trial.championOutcomesWanted());
    }
    return Math.min(wanted, mostWaiting);
  }

  private static void wait(LabelMaturity labels, Decision decision) {
    long timeMs = decision.getEventTimeMs();
    labels.scored(
        decision.getTransactionId(),
        timeMs,
        stops(decision.getOutcome()) ? 1 : 0,
        PayerDays.of(decision.getPayerAccount(), timeMs));
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
        (stopped, fraud, payer) ->
            trials.values().forEach(one -> champion(one, stopped > 0, fraud, payer)));
    trials.forEach(
        (release, one) ->
            one.labels.advance(
                nowMs,
                (stopped, fraud, payer) -> {
                  if (counts(stopped > 0, fraud, payer, one.misses)) {
                    due.addAll(due(release, one.trial.matured(stopped > 0, fraud)));
                  }
                }));
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

  private static ReleaseTrial.Answer answer(Outcome outcome, int payer, PayerDays stopped) {
    if (!stops(outcome)) {
      return ReleaseTrial.Answer.PASSES;
    }
    return stopped.first(payer) ? ReleaseTrial.Answer.STOPS : ReleaseTrial.Answer.STOPS_AGAIN;
  }

  private static void champion(OneTrial one, boolean stopped, boolean fraud, int payer) {
    if (counts(stopped, fraud, payer, one.championMisses)) {
      one.trial.championMatured(stopped, fraud);
    }
  }

  /** A fraud let through counts once a payer and day. */
  private static boolean counts(boolean stopped, boolean fraud, int payer, PayerDays misses) {
    return stopped || !fraud || misses.first(payer);
  }

  private static boolean stops(Outcome outcome) {
    return outcome != Outcome.APPROVE;
  }
}
