package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.rules.RuleFindings;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.generic.PrimitivesArrays;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors to decisions and alerts. A vector that cannot be scored gets the policy's
 * degraded outcome with its reason, never an alert of the model's or an approval by chance; rules
 * are asked all the same. If a batch fails, its rows are scored one by one, so that one bad row
 * does not degrade its mates. Not thread safe: it uses the model and buffers of its own.
 */
public final class DecisionMaker {
  // configuration
  private final Manifest manifest;
  private final Model model;
  private final OutcomePolicy policy;
  private final Consumer<RuntimeException> onModelFailure;
  private final float[] missing;

  // runtime
  private float[] rows = new float[0];
  private float[] scores = new float[0];
  private Degradation[] degraded = new Degradation[0];
  private RuleRun rules;
  private long ruleFailures;

  /**
   * Decides by a release.
   *
   * @param model of the release, opened for this thread; the caller closes it
   * @param onModelFailure told what the model threw, once a batch and once a row that was retried
   * @throws IllegalArgumentException if the model is not as wide as the manifest says
   */
  public DecisionMaker(
      Manifest manifest,
      Model model,
      OutcomePolicy policy,
      Consumer<RuntimeException> onModelFailure) {
    if (model.width() != manifest.width()) {
      throw new IllegalArgumentException(
          "the model takes " + model.width() + " features, the manifest names " + manifest.width());
    }
    this.manifest = manifest;
    this.model = model;
    this.policy = policy;
    this.onModelFailure = onModelFailure;
    this.missing = new float[manifest.width()];
    Arrays.fill(missing, Float.NaN);
    this.rules = run(RuleSet.empty(RuleLanguage.over(manifest.featureNames())));
  }

  private RuleRun run(RuleSet set) {
    return new RuleRun(set, rule -> ruleFailures++);
  }

  /**
   * Asks other rules from the next batch on.
   *
   * @param set over the release's features, in their order
   */
  public void use(RuleSet set) {
    if (!set.language().features().equals(manifest.featureNames())) {
      throw new IllegalArgumentException("the rules are over other features than the release's");
    }
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
   * Decides a batch.
   *
   * @param decidedAtMs wall clock, stamped on decisions and alerts
   * @return one verdict a vector, in the same order
   */
  public List<Verdict> decide(List<FeatureVector> vectors, long decidedAtMs) {
    int count = vectors.size();
    prepare(count);
    for (int i = 0; i < count; i++) {
      degraded[i] = place(vectors.get(i), i);
    }
    score(count);
    List<Verdict> verdicts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      verdicts.add(verdict(vectors.get(i), i, decidedAtMs));
    }
    return verdicts;
  }

  private void prepare(int count) {
    if (scores.length < count) {
      rows = new float[count * model.width()];
      scores = new float[count];
      degraded = new Degradation[count];
    }
  }

  /** Copies a vector to its row; a vector that does not fit leaves a row of zeros. */
  private @Nullable Degradation place(FeatureVector vector, int row) {
    int width = model.width();
    int from = row * width;
    List<Float> values = vector.getValues();
    boolean known = manifest.featureDigest().equals(vector.getFeatureDigest());
    if (!known || values.size() != width) {
      Arrays.fill(rows, from, from + width, 0);
      return known ? Degradation.FEATURE_WIDTH_MISMATCH : Degradation.FEATURE_DIGEST_MISMATCH;
    }
    if (values instanceof PrimitivesArrays.FloatArray floats) {
      for (int i = 0; i < width; i++) {
        rows[from + i] = floats.getFloat(i);
      }
    } else {
      for (int i = 0; i < width; i++) {
        rows[from + i] = values.get(i);
      }
    }
    return null;
  }

  private void score(int count) {
    try {
      model.score(rows, count, scores);
    } catch (RuntimeException e) {
      onModelFailure.accept(e);
      scoreOneByOne(count);
    }
    for (int i = 0; i < count; i++) {
      if (degraded[i] == null && !(scores[i] >= 0 && scores[i] <= 1)) {
        degraded[i] = Degradation.SCORE_UNUSABLE;
      }
    }
  }

  private void scoreOneByOne(int count) {
    int width = model.width();
    float[] row = new float[width];
    float[] score = new float[1];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * width, row, 0, width);
      try {
        model.score(row, 1, score);
        scores[i] = score[0];
      } catch (RuntimeException e) {
        onModelFailure.accept(e);
        degraded[i] = degraded[i] == null ? Degradation.MODEL_FAILURE : degraded[i];
      }
    }
  }

  private Verdict verdict(FeatureVector vector, int row, long decidedAtMs) {
    Degradation degradation = degraded[row];
    double score = degradation == null ? scores[row] : Double.NaN;
    Transaction payment = vector.getTransaction();
    boolean fits = fits(degradation);
    RuleFindings findings =
        fits
            ? rules.ask(payment, rows, row * model.width(), score)
            : rules.ask(payment, missing, 0, score);
    Outcome byScore =
        degradation == null ? policy.of(score, manifest.threshold(), payment) : policy.degraded();
    Answer answer = new Answer(score, policy.combine(byScore, findings), findings);
    Lane lane = lane(payment, answer);
    return new Verdict(
        decision(vector, answer, decidedAtMs, degradation),
        lane == null ? null : alert(vector, lane, answer, decidedAtMs, fits),
        vector.getLate(),
        degradation);
  }

  /** False for a vector whose values are not the release's features. */
  private static boolean fits(@Nullable Degradation degradation) {
    return degradation != Degradation.FEATURE_DIGEST_MISMATCH
        && degradation != Degradation.FEATURE_WIDTH_MISMATCH;
  }

  /** What is said of a payment, and by whom. */
  private record Answer(double score, Outcome outcome, RuleFindings findings) {}

  /** Lane of the alert that is due; null for none: a party that is allowed raises none. */
  private @Nullable Lane lane(Transaction payment, Answer answer) {
    return switch (answer.findings.listing()) {
      case ALLOWED -> null;
      case DENIED -> Lane.FRAUD;
      case NONE ->
          policy.alerts(answer.score, manifest.threshold(), payment)
              ? Lane.FRAUD
              : answer.findings.alert();
    };
  }

  /** By the constructor of all fields: Avro's builder costs several times as much, on every row. */
  private Decision decision(
      FeatureVector vector, Answer answer, long decidedAtMs, @Nullable Degradation degradation) {
    Transaction payment = vector.getTransaction();
    return new Decision(
        EventId.decision(payment.getTransactionId()).hex(),
        payment.getTransactionId(),
        payment.getPayerAccount(),
        payment.getEventTimeMs(),
        payment.getIngestedAtMs(),
        decidedAtMs,
        answer.score,
        answer.outcome,
        manifest.release(),
        vector.getFeatureDigest(),
        rules.set().version(),
        answer.findings.fired(),
        degradation == null ? null : degradation.code());
  }

  /** An alert; values that are not the release's features would stand under wrong names. */
  private Alert alert(
      FeatureVector vector, Lane lane, Answer answer, long createdAtMs, boolean fits) {
    Transaction payment = vector.getTransaction();
    return new Alert(
        EventId.alert(lane, payment.getTransactionId()).hex(),
        lane,
        payment,
        createdAtMs,
        answer.score,
        manifest.threshold(),
        answer.outcome,
        manifest.release(),
        vector.getFeatureDigest(),
        fits ? manifest.featureNames() : List.of(),
        fits ? vector.getValues() : List.of(),
        answer.findings.fired());
  }
}
