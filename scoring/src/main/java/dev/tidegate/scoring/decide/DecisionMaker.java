package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ScoringLane;
import dev.tidegate.scoring.rules.RuleFindings;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors to decisions and alerts. A vector that cannot be scored gets the policy's
 * degraded outcome with its reason, never an alert of the model's or an approval by chance; rules
 * are asked all the same. If a batch fails, its rows are scored one by one, so that one bad row
 * does not degrade its mates. Not thread safe: it uses the model and buffers of its own.
 */
public final class DecisionMaker {
  private static final Duration NEVER = Duration.ZERO;

  // configuration
  private final ScoringLane by;
  private final OutcomePolicy policy;
  private final long overloadAfterMs;

  // runtime
  private Lineup lineup;
  private float[] missing = new float[0];
  private RuleRun rules;
  private long ruleFailures;
  private final NamedScores asked = new NamedScores();
  private @Nullable Started started;

  /** Decides by a lineup, until it is told to {@link #use(Lineup) use} another. */
  public DecisionMaker(Lineup lineup, OutcomePolicy policy) {
    this(lineup, policy, NEVER);
  }

  /**
   * Decides by a lineup, and asks no model about payments that have waited too long.
   *
   * @param overloadAfter time from the door after which models are not asked; zero for never
   */
  public DecisionMaker(Lineup lineup, OutcomePolicy policy, Duration overloadAfter) {
    this(lineup, policy, overloadAfter, ScoringLane.PAYMENTS);
  }

  /** Decides so in a lane. */
  public DecisionMaker(
      Lineup lineup, OutcomePolicy policy, Duration overloadAfter, ScoringLane by) {
    this.by = by;
    this.lineup = lineup;
    this.policy = policy;
    this.overloadAfterMs = overloadAfter.isZero() ? Long.MAX_VALUE : overloadAfter.toMillis();
    this.rules = run(RuleSet.empty(RuleLanguage.over(names(lineup))));
    use(lineup);
  }

  private static List<String> names(Lineup lineup) {
    return lineup.champion().manifest().featureNames();
  }

  private RuleRun run(RuleSet set) {
    return new RuleRun(set, rule -> ruleFailures++);
  }

  /**
   * Decides by other releases from the next batch on.
   *
   * @param next over the features that the rules are over
   */
  public void use(Lineup next) {
    requireFeatures(rules.set(), next);
    lineup = next;
    missing = new float[names(next).size()];
    Arrays.fill(missing, Float.NaN);
  }

  private static void requireFeatures(RuleSet set, Lineup lineup) {
    if (!set.language().features().equals(names(lineup))) {
      throw new IllegalArgumentException("the rules are over other features than the release's");
    }
  }

  /**
   * Asks other rules from the next batch on.
   *
   * @param set over the release's features, in their order
   */
  public void use(RuleSet set) {
    requireFeatures(set, lineup);
    if (set != rules.set()) {
      rules = run(set);
    }
  }

  /** How often a rule could not be asked about a payment, since this was called last. */
  public long takeRuleFailures() {
    long taken = ruleFailures;
    ruleFailures = 0;
    return taken;
  }

  /**
   * Time that the champion's model took for the batch finished last, or was waited for in vain,
   * nanoseconds; negative if it was not asked.
   */
  public long modelNanos() {
    return lineup.champion().modelNanos();
  }

  /**
   * Decides a batch.
   *
   * @param decidedAtMs wall clock, stamped on decisions and alerts
   * @return one verdict a vector, in the same order
   */
  public List<Verdict> decide(List<FeatureVector> vectors, long decidedAtMs) {
    start(vectors, decidedAtMs);
    return finish(decidedAtMs);
  }

  /**
   * Starts to decide a batch: the models of releases that have threads of their own are at it until
   * {@link #finish}, which must follow before anything else is asked of this object.
   *
   * @param nowMs wall clock, to see who has waited too long
   */
  public void start(List<FeatureVector> vectors, long nowMs) {
    int count = vectors.size();
    lineup.begin(count);
    Started batch = new Started(vectors, new ReleaseScorer[count], new int[count], new int[count]);
    for (boolean late : new boolean[] {false, true}) {
      for (int i = 0; i < count; i++) {
        FeatureVector vector = vectors.get(i);
        if (late == waitedTooLong(vector, nowMs)) {
          batch.scorers[i] = lineup.scorer(vector.getTransaction().getPayerAccount());
          batch.rows[i] = place(batch.scorers[i], vector, late);
          for (ReleaseScorer shadow : lineup.shadows()) {
            batch.shadowRows[i] = place(shadow, vector, late);
          }
        }
      }
    }
    lineup.start();
    started = batch;
  }

  /**
   * Finishes the batch that was started.
   *
   * @param decidedAtMs wall clock, stamped on decisions and alerts
   * @return one verdict a vector, in the same order
   */
  public List<Verdict> finish(long decidedAtMs) {
    Started batch = started;
    if (batch == null) {
      throw new IllegalStateException("no batch was started");
    }
    started = null;
    lineup.finish();
    List<Verdict> verdicts = new ArrayList<>(batch.vectors.size());
    for (int i = 0; i < batch.vectors.size(); i++) {
      Scored scored = new Scored(batch.scorers[i], batch.rows[i]);
      asked.turn(lineup, batch.scorers[i], batch.rows[i], batch.shadowRows[i]);
      Verdict verdict = verdict(batch.vectors.get(i), scored, decidedAtMs);
      verdicts.add(
          lineup.shadows().isEmpty()
              ? verdict
              : verdict.with(shadows(verdict, batch.shadowRows[i])));
    }
    return verdicts;
  }

  /** A batch that models are at, with the row of each vector. */
  private static final class Started {
    private final List<FeatureVector> vectors;
    private final ReleaseScorer[] scorers;
    private final int[] rows;
    private final int[] shadowRows;

    private Started(
        List<FeatureVector> vectors, ReleaseScorer[] scorers, int[] rows, int[] shadowRows) {
      this.vectors = vectors;
      this.scorers = scorers;
      this.rows = rows;
      this.shadowRows = shadowRows;
    }
  }

  private boolean waitedTooLong(FeatureVector vector, long nowMs) {
    return nowMs - vector.getTransaction().getIngestedAtMs() > overloadAfterMs;
  }

  private static int place(ReleaseScorer scorer, FeatureVector vector, boolean late) {
    return late ? scorer.placeUnscored(vector, Degradation.OVERLOAD) : scorer.place(vector);
  }

  /** One row of a release's batch. */
  private record Scored(ReleaseScorer scorer, int row) {
    double score() {
      return scorer.score(row);
    }

    @Nullable Degradation degradation() {
      return scorer.degradation(row);
    }

    Manifest manifest() {
      return scorer.manifest();
    }

    /** The release's, for the payment's channel. */
    double threshold(Transaction payment) {
      return manifest().thresholdOf(payment.getChannel());
    }
  }

  private List<ShadowScore> shadows(Verdict verdict, int row) {
    return lineup.shadows().stream()
        .map(shadow -> shadow(verdict, new Scored(shadow, row)))
        .toList();
  }

  private ShadowScore shadow(Verdict verdict, Scored scored) {
    Decision decision = verdict.decision();
    Degradation degradation = scored.degradation();
    return new ShadowScore(
        decision.getTransactionId(),
        decision.getEventTimeMs(),
        decision.getDecidedAtMs(),
        scored.manifest().release(),
        scored.score(),
        byScore(scored, verdict.payment()),
        degradation == null ? null : degradation.code(),
        decision.getRelease(),
        decision.getScore(),
        decision.getOutcome(),
        decision.getPayerAccount());
  }

  private Outcome byScore(Scored scored, Transaction payment) {
    return scored.degradation() == null
        ? policy.of(scored.score(), scored.threshold(payment), payment)
        : policy.degraded();
  }

  private Verdict verdict(FeatureVector vector, Scored scored, long decidedAtMs) {
    Transaction payment = vector.getTransaction();
    boolean fits = fits(scored.degradation());
    RuleFindings findings =
        fits
            ? rules.ask(
                payment,
                scored.scorer().rows(),
                scored.scorer().offset(scored.row()),
                scored.score(),
                asked)
            : rules.ask(payment, missing, 0, scored.score(), asked);
    Degradation degradation = scored.degradation();
    Outcome byScore = byScore(scored, payment);
    if (findings.down()) {
      degradation = degradation == null ? Degradation.RULES_DOWN : degradation;
      byScore = stricter(byScore, policy.degraded());
    }
    Outcome outcome = policy.combine(byScore, findings);
    Answer answer = new Answer(scored, outcome, findings, degradation);
    Lane lane = lane(payment, answer);
    return new Verdict(
        payment,
        decision(vector, answer, decidedAtMs),
        lane == null ? null : alert(vector, lane, answer, decidedAtMs, fits),
        vector.getLate(),
        degradation,
        List.of());
  }

  /** They are declared from the mildest to the strictest. */
  private static Outcome stricter(Outcome one, Outcome other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** False for a vector whose values are not the release's features. */
  private static boolean fits(@Nullable Degradation degradation) {
    return degradation != Degradation.FEATURE_DIGEST_MISMATCH
        && degradation != Degradation.FEATURE_WIDTH_MISMATCH;
  }

  /** What is said of a payment, and by whom. */
  private record Answer(
      Scored scored, Outcome outcome, RuleFindings findings, @Nullable Degradation degradation) {
    double score() {
      return scored.score();
    }

    String release() {
      return scored.manifest().release();
    }

    double threshold(Transaction payment) {
      return scored.threshold(payment);
    }

    @Nullable String degraded() {
      return degradation == null ? null : degradation.code();
    }
  }

  /** Lane of the alert that is due; null for none: a party that is allowed raises none. */
  private @Nullable Lane lane(Transaction payment, Answer answer) {
    return switch (answer.findings.listing()) {
      case ALLOWED -> null;
      case DENIED -> by.alertLane();
      case NONE ->
          policy.alerts(answer.score(), answer.threshold(payment), payment)
              ? by.alertLane()
              : answer.findings.alert();
    };
  }

  /** By the constructor of all fields: Avro's builder costs several times as much, on every row. */
  private Decision decision(FeatureVector vector, Answer answer, long decidedAtMs) {
    Transaction payment = vector.getTransaction();
    return new Decision(
        EventId.decision(by, payment.getTransactionId()).hex(),
        payment.getTransactionId(),
        payment.getPayerAccount(),
        payment.getEventTimeMs(),
        payment.getIngestedAtMs(),
        decidedAtMs,
        answer.score(),
        answer.outcome,
        answer.release(),
        vector.getFeatureDigest(),
        rules.set().version(),
        answer.findings.fired(),
        answer.degraded());
  }

  /** An alert; values that are not the release's features would stand under wrong names. */
  private Alert alert(
      FeatureVector vector, Lane lane, Answer answer, long createdAtMs, boolean fits) {
    Transaction payment = vector.getTransaction();
    return new Alert(
        EventId.alert(by, lane, payment.getTransactionId()).hex(),
        lane,
        payment,
        createdAtMs,
        answer.score(),
        answer.threshold(payment),
        answer.outcome,
        answer.release(),
        vector.getFeatureDigest(),
        fits ? answer.scored.manifest().featureNames() : List.of(),
        fits ? vector.getValues() : List.of(),
        answer.findings.fired(),
        rules.set().version(),
        answer.degraded());
  }
}
