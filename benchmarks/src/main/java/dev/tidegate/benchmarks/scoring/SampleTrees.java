package dev.tidegate.benchmarks.scoring;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees that XGBoost grew on seeded rows with hardly a limit besides their depth, so that most are
 * filled to it, and fresh rows of the same kind: values about N(0, 1), one in twenty missing.
 */
final class SampleTrees {
  private static final int TRAINING_ROWS = 20_000;
  private static final double MISSING = 0.05;

  private SampleTrees() {}

  static Booster grow(ScoringBench.Request asked) throws XGBoostError {
    float[] rows = rows(asked.features(), TRAINING_ROWS, asked.seed());
    DMatrix matrix = new DMatrix(rows, TRAINING_ROWS, asked.features(), Float.NaN);
    matrix.setLabel(labels(rows, asked));
    Map<String, Object> settings = new HashMap<>();
    settings.put("objective", "binary:logistic");
    settings.put("tree_method", "hist");
    settings.put("max_bin", 128);
    settings.put("max_depth", asked.depth());
    settings.put("min_child_weight", 0);
    settings.put("eta", 0.05);
    settings.put("nthread", 1);
    settings.put("seed", Math.toIntExact(asked.seed()));
    settings.put("verbosity", 0);
    return XGBoost.train(matrix, settings, asked.trees(), Map.of(), null, null);
  }

  static float[] rows(int width, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rows = new float[width * count];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextDouble() < MISSING ? Float.NaN : (float) random.nextGaussian();
    }
    return rows;
  }

  private static float[] labels(float[] rows, ScoringBench.Request asked) {
    SplittableRandom random = new SplittableRandom(asked.seed() + 1);
    float[] labels = new float[TRAINING_ROWS];
    for (int row = 0; row < TRAINING_ROWS; row++) {
      double odds = -1;
      for (int i = 0; i < asked.features(); i++) {
        float value = rows[row * asked.features() + i];
        float next = rows[row * asked.features() + (i + 1) % asked.features()];
        odds += Float.isNaN(value) || Float.isNaN(next) ? 0.1 : 0.2 * value * next;
      }
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    }
    return labels;
  }
}
