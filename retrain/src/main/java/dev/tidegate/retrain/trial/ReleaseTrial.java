package dev.tidegate.retrain.trial;

import dev.tidegate.retrain.detect.Bets;
import dev.tidegate.retrain.detect.EDetector;
import dev.tidegate.retrain.detect.LearnedRate;
import dev.tidegate.retrain.detect.Learning;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One release on trial: shadow, then canary, then ready. Two e-detectors watch it, each against the
 * champion's rate as learned in the same trial ({@link LearnedRate}, upper bound) times the
 * tolerance: the share of payments it stops, and the share of payments that it let through and that
 * were fraud. Either ends the trial.
 *
 * <p>Each detector is asked for a run length of the trial's payments over the risk, so a release
 * that keeps within the tolerance is withdrawn with at most that probability ({@link EDetector}: in
 * n observations at most n / A alarms are expected). Nothing is watched before the champion's rate
 * is known, which takes a quarter of the shadow at most.
 *
 * <p>That promise is about a rate given what came before, and fraud comes in bursts: who tests
 * stolen numbers pays fifty times with one card within minutes, and each is stopped because the one
 * before was. Such repeats are counted as payments, not observed, neither of the release nor of the
 * champion ({@link Answer#STOPS_AGAIN}).
 *
 * <p>O(1) an observation. Mutable; not thread safe. It says each step once.
 */
public final class ReleaseTrial {
  // configuration
  private final TrialSettings settings;
  private final Learning learning;

  // state
  private final LearnedRate championStops;
  private final LearnedRate championMisses;
  private final EDetector stops;
  private final EDetector misses;
  private Stage stage = Stage.SHADOW;
  private long shadowed;
  private long decided;

  /** Where a trial stands. */
  public enum Stage {
    /** It scores beside. */
    SHADOW,
    /** It decides for a share of the payers. */
    CANARY,
    /** It does so, and people may promote it. */
    READY,
    /** It was withdrawn. */
    ENDED
  }

  /** What a release makes of a payment. */
  public enum Answer {
    /** It is let through. */
    PASSES,
    /** It is stopped, the payer's first of a day. */
    STOPS,
    /** It is stopped, and so was another of the same payer on that day. */
    STOPS_AGAIN;

    /** An answer to a payment of whose payer no other was stopped. */
    public static Answer of(boolean stops) {
      return stops ? STOPS : PASSES;
    }
  }

  /** A trial that begins as a shadow. */
  public ReleaseTrial(TrialSettings settings) {
    this.settings = settings;
    learning = new Learning(256, settings.shadowDecisions() / 4, settings.risk());
    championStops = new LearnedRate(learning);
    championMisses = new LearnedRate(learning);
    long watched = (long) settings.shadowDecisions() + settings.canaryDecisions();
    stops = new EDetector(Bets.rises(), watched / settings.risk());
    misses = new EDetector(Bets.rises(), watched / settings.risk());
  }

  /**
   * It scored a payment as a shadow.
   *
   * @param answer what it would have done
   * @param champions what the champion did
   * @return the step that follows; null mostly
   */
  public @Nullable TrialStep shadowed(Answer answer, Answer champions) {
    if (stage != Stage.SHADOW) {
      return null;
    }
    shadowed++;
    // Learned before it is watched: of one payment the champion's answer says what to expect.
    if (champions != Answer.STOPS_AGAIN) {
      championStops.learn(champions == Answer.STOPS);
    }
    TrialStep end = watchStops(answer);
    if (end != null) {
      return end;
    }
    if (shadowed < settings.shadowDecisions()) {
      return null;
    }
    stage = Stage.CANARY;
    return new TrialStep(
        TrialStep.Kind.CANARY, "shadow for " + shadowed + " payments without an alarm");
  }

  /**
   * It decided a payment as a canary.
   *
   * @return the step that follows; null mostly
   */
  public @Nullable TrialStep decided(Answer answer) {
    if (stage != Stage.CANARY && stage != Stage.READY) {
      return null;
    }
    decided++;
    TrialStep end = watchStops(answer);
    if (end != null || stage == Stage.READY || decided < settings.canaryDecisions()) {
      return end;
    }
    stage = Stage.READY;
    return new TrialStep(
        TrialStep.Kind.READY, "canary for " + decided + " payments without an alarm");
  }

  /**
   * What a payment that the champion decided turned out to be, once that has matured; a fraud let
   * through is told once a payer and day.
   */
  public void championMatured(boolean stopped, boolean fraud) {
    championMisses.learn(fraud && !stopped);
  }

  /**
   * What a payment that it decided as a canary turned out to be, once that has matured; a fraud let
   * through is told once a payer and day.
   *
   * @return the step that follows; null mostly
   */
  public @Nullable TrialStep matured(boolean stopped, boolean fraud) {
    return stage == Stage.CANARY || stage == Stage.READY
        ? watch(misses, championMisses, fraud && !stopped, "lets fraud through")
        : null;
  }

  private @Nullable TrialStep watchStops(Answer answer) {
    return answer == Answer.STOPS_AGAIN
        ? null
        : watch(stops, championStops, answer == Answer.STOPS, "stops payments");
  }

  private @Nullable TrialStep watch(
      EDetector detector, LearnedRate champion, boolean positive, String what) {
    if (!champion.known()) {
      return null;
    }
    double allowed = Math.min(1, settings.tolerance() * champion.upper());
    if (!detector.observe(positive ? 1 : 0, allowed)) {
      return null;
    }
    stage = Stage.ENDED;
    return new TrialStep(
        TrialStep.Kind.ROLLBACK,
        String.format(
            Locale.ROOT,
            "it %s more often than in %.3f %% of payments, %.1f times the champion's %.3f %% and"
                + " allowed: statistic %.3g, threshold %.3g",
            what,
            100 * allowed,
            settings.tolerance(),
            100 * champion.upper(),
            detector.statistic(),
            detector.runLength()));
  }

  /**
   * Most outcomes of the champion that it still learns from; 0 once it knows how much fraud the
   * champion lets through.
   */
  public int championOutcomesWanted() {
    return championMisses.known() ? 0 : learning.most();
  }

  /** Where it stands. */
  public Stage stage() {
    return stage;
  }

  /** Payments it scored as a shadow. */
  public long shadowed() {
    return shadowed;
  }

  /** Payments it decided as a canary. */
  public long decided() {
    return decided;
  }
}
