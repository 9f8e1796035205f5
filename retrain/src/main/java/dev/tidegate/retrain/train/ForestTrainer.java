package dev.tidegate.retrain.train;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Grows a forest of boosted trees (Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System",
 * KDD 2016; histogram splits, O(rows x features) a tree level) for rare fraud.
 *
 * <p>Two steps. <b>Search</b>: grow on the older rows, watch the logistic loss on the newest ones,
 * stop when it no longer falls, remember the best number of rounds. <b>Refit</b>: grow that many
 * rounds on all rows, for what is newest is worth most. Thresholds, metrics and reference scores
 * come from the search's forest, which has not seen the rows it is judged on.
 *
 * <p>The loss is the plain logistic one, with no class weights, so the score is already a
 * probability and no calibration step follows; the calibration error on the validation tail is
 * measured and stands among the release's metrics.
 *
 * <p>Deterministic: one thread, fixed seed; the same rows give the same trees to the last bit.
 * Holds the set about three times in memory. Thread safe; a run takes one core. Where other OpenMP
 * work runs in the process set {@code OMP_WAIT_POLICY=PASSIVE} before it starts: spinning threads
 * cost up to eight times the time.
 */
public final class ForestTrainer {
  private static final int LARGEST_SEED = Integer.MAX_VALUE;

  // configuration
  private final ForestParameters parameters;
  private final long seed;

  /**
   * A trainer.
   *
   * @param seed of the row and column draws, in [0, 2^31)
   */
  public ForestTrainer(ForestParameters parameters, long seed) {
    if (seed < 0 || seed > LARGEST_SEED) {
      throw new IllegalArgumentException("seed must be in [0, 2^31): " + seed);
    }
    this.parameters = parameters;
    this.seed = seed;
  }

  /**
   * Trains, on features alone.
   *
   * @throws NotTrainable if there are too few frauds, or too few payments that are none
   */
  public TrainedForest train(TrainingSet given, TrainingProgress progress) {
    TrainingSet set = given.featuresAlone();
    return refit(set, search(set, progress), progress);
  }

  /**
   * The first step alone: how these parameters do on the validation tail.
   *
   * @param set without sequences
   * @throws NotTrainable as {@link #train}
   */
  Search search(TrainingSet set, TrainingProgress progress) {
    HoldOut holdOut = HoldOut.of(set, parameters.shares().validation());
    try {
      return search(set, holdOut, progress);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
    }
  }

  /** The second step, on the rows of the first. */
  TrainedForest refit(TrainingSet set, Search search, TrainingProgress progress) {
    try {
      byte[] booster = refit(set, search.rounds, progress);
      return new TrainedForest(booster, search.holdOut.from(), search.scores, seed);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
    }
  }

  private Search search(TrainingSet set, HoldOut holdOut, TrainingProgress progress)
      throws XGBoostError {
    float[] tailLabels = set.labels(holdOut.from(), set.rows());
    DMatrix head = matrix(set, 0, holdOut.from());
    DMatrix tail = matrix(set, holdOut.from(), set.rows());
    Booster booster = plant(set, holdOut.from(), Map.of("head", head, "tail", tail), head);
    Search best = new Search(holdOut, 0, new float[0], Double.POSITIVE_INFINITY);
    try {
      for (int round = 0; round < parameters.maxRounds(); round++) {
        booster.update(head, round);
        float[] scores = scores(booster, tail);
        double loss = logisticLoss(scores, tailLabels);
        progress.round("search", round + 1, parameters.maxRounds(), loss);
        if (loss < best.loss) {
          best = new Search(holdOut, round + 1, scores, loss);
        } else if (round + 1 - best.rounds >= parameters.patience()) {
          break;
        }
      }
      return best;
    } finally {
      booster.dispose();
      head.dispose();
      tail.dispose();
    }
  }

  private byte[] refit(TrainingSet set, int rounds, TrainingProgress progress) throws XGBoostError {
    DMatrix all = matrix(set, 0, set.rows());
    Booster booster = plant(set, set.rows(), Map.of("all", all), all);
    try {
      for (int round = 0; round < rounds; round++) {
        booster.update(all, round);
        progress.round("refit", round + 1, rounds, Double.NaN);
      }
      return booster.toByteArray("json");
    } finally {
      booster.dispose();
      all.dispose();
    }
  }

  /** A booster without trees yet, that starts from the rate of fraud in rows [0, to). */
  private Booster plant(TrainingSet set, int to, Map<String, DMatrix> watched, DMatrix rows)
      throws XGBoostError {
    Map<String, Object> settings = settings();
    settings.put("base_score", (float) set.positives(0, to) / to);
    return XGBoost.train(rows, settings, 0, watched, null, null);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("objective", "binary:logistic");
    settings.put("tree_method", "hist");
    settings.put("max_bin", 256);
    settings.put("nthread", 1);
    settings.put("seed", seed);
    settings.put("eta", parameters.learningRate());
    settings.put("max_depth", parameters.maxDepth());
    settings.put("min_child_weight", parameters.minChildWeight());
    settings.put("subsample", parameters.shares().rows());
    settings.put("colsample_bytree", parameters.shares().columns());
    settings.put("verbosity", 0);
    return settings;
  }

  private static DMatrix matrix(TrainingSet set, int from, int to) throws XGBoostError {
    DMatrix matrix = new DMatrix(set.matrix(from, to), to - from, set.features(), Float.NaN);
    matrix.setLabel(set.labels(from, to));
    return matrix;
  }

  private static float[] scores(Booster booster, DMatrix rows) throws XGBoostError {
    float[][] predicted = booster.predict(rows);
    float[] scores = new float[predicted.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = predicted[i][0];
    }
    return scores;
  }

  private static double logisticLoss(float[] scores, float[] labels) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double likelihood = labels[i] > 0 ? scores[i] : 1.0 - scores[i];
      sum -= Math.log(Math.max(likelihood, 1e-12));
    }
    return sum / scores.length;
  }

  /** The best point of a search. */
  static final class Search {
    private final HoldOut holdOut;
    private final int rounds;
    private final float[] scores;
    private final double loss;

    private Search(HoldOut holdOut, int rounds, float[] scores, double loss) {
      this.holdOut = holdOut;
      this.rounds = rounds;
      this.scores = scores;
      this.loss = loss;
    }

    /** Logistic loss on the rows held out, in nats. */
    double loss() {
      return loss;
    }
  }
}
