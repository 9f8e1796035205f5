package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.generic.PrimitivesArrays;
import org.jspecify.annotations.Nullable;

/**
 * Feature vectors to decisions and alerts. A vector that cannot be scored gets the policy's
 * degraded outcome with its reason and never an alert or an approval by chance. If a batch fails,
 * its rows are scored one by one, so that one bad row does not degrade its mates. Not thread safe:
 * it uses the model and buffers of its own.
 */
public final class DecisionMaker {
  private static final String NO_RULES = "";
  private static final List<String> NONE_FIRED = List.of();

  // configuration
  private final Manifest manifest;
  private final Model model;
  private final OutcomePolicy policy;
  private final Consumer<RuntimeException> onModelFailure;

  // runtime
  private float[] rows = new float[0];
  private float[] scores = new float[0];
  private Degradation[] degraded = new Degradation[0];

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
    Outcome outcome =
        degradation == null ? policy.of(score, manifest.threshold()) : policy.degraded();
    Alert alert = score >= manifest.threshold() ? alert(vector, score, outcome, decidedAtMs) : null;
    return new Verdict(
        decision(vector, score, outcome, decidedAtMs, degradation),
        alert,
        vector.getLate(),
        degradation);
  }

  /** By the constructor of all fields: Avro's builder costs several times as much, on every row. */
  private Decision decision(
      FeatureVector vector,
      double score,
      Outcome outcome,
      long decidedAtMs,
      @Nullable Degradation degradation) {
    Transaction payment = vector.getTransaction();
    return new Decision(
        EventId.decision(payment.getTransactionId()).hex(),
        payment.getTransactionId(),
        payment.getPayerAccount(),
        payment.getEventTimeMs(),
        payment.getIngestedAtMs(),
        decidedAtMs,
        score,
        outcome,
        manifest.release(),
        vector.getFeatureDigest(),
        NO_RULES,
        NONE_FIRED,
        degradation == null ? null : degradation.code());
  }

  private Alert alert(FeatureVector vector, double score, Outcome outcome, long createdAtMs) {
    Transaction payment = vector.getTransaction();
    return new Alert(
        EventId.alert(Lane.FRAUD, payment.getTransactionId()).hex(),
        Lane.FRAUD,
        payment,
        createdAtMs,
        score,
        manifest.threshold(),
        outcome,
        manifest.release(),
        vector.getFeatureDigest(),
        manifest.featureNames(),
        vector.getValues(),
        NONE_FIRED);
  }
}
