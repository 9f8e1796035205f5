package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.RowLayout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A release at work: vectors are placed in rows of a batch, then scored together. A vector that
 * cannot be scored has its reason in the score's place. If a batch fails, its rows are scored one
 * by one, so that one bad row does not degrade its mates; a model that has failed on 32 rows
 * without an answer between, or has not answered in time, is left alone for a second. Not thread
 * safe.
 */
public final class ReleaseScorer implements AutoCloseable {
  private static final int FAILURES = 32;
  private static final long NOT_ASKED = -1;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  // configuration
  private final Manifest manifest;
  private final RowLayout layout;
  private final ModelCalls calls;
  private final Consumer<RuntimeException> onFailure;
  private final CircuitBreaker breaker;

  // runtime
  private RowBatch batch;
  private @Nullable Degradation[] degraded = new Degradation[0];
  private boolean spoiled;
  private boolean started;
  private int count;
  private int toScore;
  private long startedNanos;
  private long modelNanos = NOT_ASKED;

  /**
   * A release whose model the calling thread asks itself, for as long as an answer takes.
   *
   * @param model of the release, opened for the thread that scores; this object closes it
   * @param clock times the pause of a model that fails on whole batches
   * @param onFailure told what the model threw, once a batch and once a row that was retried
   * @throws IllegalArgumentException if the model is not as wide as the manifest says
   */
  public ReleaseScorer(
      Manifest manifest, Model model, InstantSource clock, Consumer<RuntimeException> onFailure) {
    this(manifest, new DirectCalls(model), clock, onFailure);
  }

  private ReleaseScorer(
      Manifest manifest,
      ModelCalls calls,
      InstantSource clock,
      Consumer<RuntimeException> onFailure) {
    this.layout = manifest.layout();
    if (calls.width() != layout.width()) {
      throw new IllegalArgumentException(
          "the model takes " + calls.width() + " features, the manifest names " + layout.width());
    }
    this.manifest = manifest;
    this.calls = calls;
    this.onFailure = onFailure;
    this.breaker = new CircuitBreaker(FAILURES, PAUSE, clock);
    this.batch = new RowBatch(0, layout.width(), FAILURES);
  }

  /**
   * A release whose model has a thread of its own, which the calling thread waits for no longer
   * than a limit. A call over it is left behind with its thread; see {@link #hung}.
   *
   * @param models opens instances of the model, here and again after one hangs
   * @param limit of a call; zero for none
   * @throws IllegalArgumentException if the model is not as wide as the manifest says
   */
  public static ReleaseScorer beside(
      Manifest manifest,
      Supplier<Model> models,
      Duration limit,
      InstantSource clock,
      Consumer<RuntimeException> onFailure) {
    String name = "scoring-model-" + manifest.release();
    WatchedCalls calls = new WatchedCalls(name, models, manifest.golden().rows(), limit);
    return new ReleaseScorer(manifest, calls, clock, onFailure);
  }

  /** What the release says about itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** Where its model runs. */
  public DeviceUse device() {
    return calls.device();
  }

  /** Calls of its model that are over their time and have not come back. */
  public int hung() {
    return calls.hung();
  }

  /** Forgets the batch before and makes room for the next. */
  void begin(int most) {
    if (spoiled || batch.room() < most) {
      batch = new RowBatch(Math.max(most, batch.room()), layout.width(), FAILURES);
      degraded = new Degradation[batch.room()];
      spoiled = false;
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
    int width = layout.width();
    int from = row * width;
    boolean known = manifest.featureDigest().equals(vector.getFeatureDigest());
    degraded[row] = null;
    if (!known || !layout.place(vector, rows(), from)) {
      Arrays.fill(rows(), from, from + width, 0);
      degraded[row] =
          known ? Degradation.FEATURE_WIDTH_MISMATCH : Degradation.FEATURE_DIGEST_MISMATCH;
    }
    return row;
  }

  /** Starts to score what was placed since {@link #begin}. */
  void start() {
    modelNanos = NOT_ASKED;
    startedNanos = WallClock.nanos();
    started = toScore > 0 && breaker.allows() && ready();
    if (started) {
      calls.start(batch, toScore);
    }
  }

  private boolean ready() {
    if (calls.ready()) {
      return true;
    }
    calls.retry();
    breaker.failed(FAILURES);
    return false;
  }

  /** Waits for the answers; of a model that gives none in time the rows are degraded. */
  void finish() {
    if (!started) {
      leaveOut(0);
    } else if (calls.finish()) {
      take();
    } else {
      spoiled = true;
      modelNanos = WallClock.nanos() - startedNanos;
      leaveOut(0);
      breaker.failed(FAILURES);
      onFailure.accept(new ModelException("no answer in time; " + hung() + " calls hang"));
    }
    started = false;
  }

  private void take() {
    modelNanos = batch.nanos();
    batch.thrown().forEach(onFailure);
    for (int i = 0; i < batch.tried(); i++) {
      if (batch.failed(i)) {
        degrade(i, Degradation.MODEL_FAILURE);
      } else if (!(batch.score(i) >= 0 && batch.score(i) <= 1)) {
        degrade(i, Degradation.SCORE_UNUSABLE);
      }
    }
    leaveOut(batch.tried());
    if (batch.answered()) {
      breaker.succeeded();
    } else {
      breaker.failed(toScore);
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

  /** Time that the model took for the last batch, nanoseconds; negative if it was not asked. */
  long modelNanos() {
    return modelNanos;
  }

  /** Score of a row in [0, 1]; NaN where it has none. */
  double score(int row) {
    return degraded[row] == null ? batch.score(row) : Double.NaN;
  }

  /** True if a name is the release's, its model's, or a member's of its ensemble. */
  boolean isCalled(String name) {
    return name.equals(manifest.release())
        || name.equals(manifest.model())
        || calls.members().contains(name);
  }

  /** Score of a row by whoever {@link #isCalled} so; NaN where it has none. */
  double score(int row, String name) {
    int member = calls.members().indexOf(name);
    if (member < 0) {
      return score(row);
    }
    return degraded[row] == null ? batch.memberScore(member, row) : Double.NaN;
  }

  /** Why a row has no score; null where it has one. */
  @Nullable Degradation degradation(int row) {
    return degraded[row];
  }

  /** All rows, one after the other. */
  float[] rows() {
    return batch.rows();
  }

  /** Where a row begins in {@link #rows}. */
  int offset(int row) {
    return row * layout.width();
  }

  /** Closes the model; one that hangs is closed when it comes back. */
  @Override
  public void close() {
    calls.close();
  }
}
