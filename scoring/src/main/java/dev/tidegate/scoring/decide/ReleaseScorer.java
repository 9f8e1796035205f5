package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.RowLayout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A release at work: vectors are placed in rows of a batch, then scored together. A vector that
 * cannot be scored has its reason in the score's place. If a batch fails, its rows are scored one
 * by one, so that one bad row does not degrade its mates; a model that has failed on 32 rows
 * without an answer between is left alone for a second. Not thread safe.
 */
public final class ReleaseScorer {
  private static final int FAILURES = 32;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  // configuration
  private final Manifest manifest;
  private final RowLayout layout;
  private final Model model;
  private final Consumer<RuntimeException> onFailure;
  private final CircuitBreaker breaker;

  // runtime
  private float[] rows = new float[0];
  private float[] scores = new float[0];
  private @Nullable Degradation[] degraded = new Degradation[0];
  private int count;
  private int toScore;

  /**
   * A release with a model of its own.
   *
   * @param model of the release, opened for the thread that scores; the caller closes it
   * @param clock times the pause of a model that fails on whole batches
   * @param onFailure told what the model threw, once a batch and once a row that was retried
   * @throws IllegalArgumentException if the model is not as wide as the manifest says
   */
  public ReleaseScorer(
      Manifest manifest, Model model, InstantSource clock, Consumer<RuntimeException> onFailure) {
    this.layout = manifest.layout();
    if (model.width() != layout.width()) {
      throw new IllegalArgumentException(
          "the model takes " + model.width() + " features, the manifest names " + layout.width());
    }
    this.manifest = manifest;
    this.model = model;
    this.onFailure = onFailure;
    this.breaker = new CircuitBreaker(FAILURES, PAUSE, clock);
  }

  /** What the release says about itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** Forgets the batch before and makes room for the next. */
  void begin(int most) {
    if (scores.length < most) {
      rows = new float[most * model.width()];
      scores = new float[most];
      degraded = new Degradation[most];
    }
    count = 0;
    toScore = 0;
  }

  /**
   * Copies a vector to the next row, of those that are to be scored; one that does not fit leaves a
   * row of zeros. All of them come before the first of {@link #placeUnscored}.
   *
   * @return the row's number
   */
  int place(FeatureVector vector) {
    toScore = count + 1;
    return copy(vector);
  }

  /**
   * Copies a vector to the next row, for rules alone.
   *
   * @param reason why it is not to be scored
   * @return the row's number
   */
  int placeUnscored(FeatureVector vector, Degradation reason) {
    int row = copy(vector);
    degrade(row, reason);
    return row;
  }

  private int copy(FeatureVector vector) {
    int row = count++;
    int width = model.width();
    int from = row * width;
    boolean known = manifest.featureDigest().equals(vector.getFeatureDigest());
    degraded[row] = null;
    if (!known || !layout.place(vector, rows, from)) {
      Arrays.fill(rows, from, from + width, 0);
      degraded[row] =
          known ? Degradation.FEATURE_WIDTH_MISMATCH : Degradation.FEATURE_DIGEST_MISMATCH;
    }
    return row;
  }

  /** Scores what was placed since {@link #begin}. */
  void score() {
    if (toScore == 0) {
      return;
    }
    if (breaker.allows()) {
      ask();
    } else {
      leaveOut(0);
    }
    for (int i = 0; i < toScore; i++) {
      if (degraded[i] == null && !(scores[i] >= 0 && scores[i] <= 1)) {
        degraded[i] = Degradation.SCORE_UNUSABLE;
      }
    }
  }

  private void degrade(int row, Degradation reason) {
    degraded[row] = degraded[row] == null ? reason : degraded[row];
  }

  private void leaveOut(int from) {
    for (int i = from; i < toScore; i++) {
      degrade(i, Degradation.MODEL_DOWN);
    }
  }

  private void ask() {
    boolean answered = true;
    try {
      model.score(rows, toScore, scores);
    } catch (RuntimeException e) {
      onFailure.accept(e);
      answered = scoreOneByOne();
    }
    if (answered) {
      breaker.succeeded();
    } else {
      breaker.failed(toScore);
    }
  }

  /** True if any row was scored. */
  private boolean scoreOneByOne() {
    boolean answered = false;
    int width = model.width();
    float[] row = new float[width];
    float[] score = new float[1];
    for (int i = 0; i < toScore; i++) {
      System.arraycopy(rows, i * width, row, 0, width);
      try {
        model.score(row, 1, score);
        scores[i] = score[0];
        answered = true;
      } catch (RuntimeException e) {
        onFailure.accept(e);
        degrade(i, Degradation.MODEL_FAILURE);
        if (!answered && i + 1 >= FAILURES) {
          leaveOut(i + 1);
          return false;
        }
      }
    }
    return answered;
  }

  /** Score of a row in [0, 1]; NaN where it has none. */
  double score(int row) {
    return degraded[row] == null ? scores[row] : Double.NaN;
  }

  /** Why a row has no score; null where it has one. */
  @Nullable Degradation degradation(int row) {
    return degraded[row];
  }

  /** All rows, one after the other. */
  float[] rows() {
    return rows;
  }

  /** Where a row begins in {@link #rows}. */
  int offset(int row) {
    return row * model.width();
  }
}
