package dev.tidegate.retrain.train;

import dev.tidegate.retrain.onnx.ForestOnnxWriter;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import dev.tidegate.scoring.forest.XgboostReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A forest, and how the same rounds did on the validation tail when they were grown without it. */
public final class TrainedForest implements TrainedModel {
  private final byte[] booster;
  private final Forest forest;
  private final int validationFrom;
  private final float[] validationScores;
  private final long seed;
  private final Map<String, Double> found;

  /** With the booster's own JSON. */
  TrainedForest(byte[] booster, int validationFrom, float[] validationScores, long seed) {
    this(booster, validationFrom, validationScores, seed, Map.of());
  }

  private TrainedForest(
      byte[] booster,
      int validationFrom,
      float[] validationScores,
      long seed,
      Map<String, Double> found) {
    this.booster = booster;
    this.forest = XgboostReader.read(booster);
    this.validationFrom = validationFrom;
    this.validationScores = validationScores;
    this.seed = seed;
    this.found = found;
  }

  /** The same with figures of how it was found. */
  TrainedForest with(Map<String, Double> figures) {
    return new TrainedForest(booster, validationFrom, validationScores, seed, Map.copyOf(figures));
  }

  /** The trees that are to be served. */
  public Forest forest() {
    return forest;
  }

  @Override
  public String modelFile() {
    return "model.onnx";
  }

  @Override
  public byte[] modelBytes() {
    return ForestOnnxWriter.write(forest);
  }

  /** By XGBoost. */
  @Override
  public float[] trainedScores(float[] rows) {
    int width = forest.features();
    try {
      Booster loaded = XGBoost.loadModel(booster);
      DMatrix matrix = new DMatrix(rows, rows.length / width, width, Float.NaN);
      try {
        loaded.setParam("nthread", 1);
        float[][] predicted = loaded.predict(matrix);
        float[] scores = new float[predicted.length];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = predicted[i][0];
        }
        return scores;
      } finally {
        matrix.dispose();
        loaded.dispose();
      }
    } catch (XGBoostError | IOException e) {
      throw new IllegalStateException("XGBoost failed: " + e.getMessage(), e);
    }
  }

  /** Splits of all trees in turn, so that early and late trees are among them. */
  @Override
  public List<float[]> onThresholds(float[] row, int most) {
    List<float[]> rows = new ArrayList<>();
    int trees = forest.trees().size();
    int step = Math.max(1, 3 * trees / most);
    for (int node = 0; rows.size() + 3 <= most && node < deepest(); node++) {
      for (int tree = 0; rows.size() + 3 <= most && tree < trees; tree += step) {
        Tree at = forest.trees().get(tree);
        if (node < at.nodes() && !at.leaf(node)) {
          float value = at.value(node);
          for (float near : new float[] {value, Math.nextDown(value), Math.nextUp(value)}) {
            float[] copy = row.clone();
            copy[at.feature(node)] = near;
            rows.add(copy);
          }
        }
      }
    }
    return rows;
  }

  private int deepest() {
    return forest.trees().stream().mapToInt(Tree::nodes).max().orElse(0);
  }

  @Override
  public int validationFrom() {
    return validationFrom;
  }

  @Override
  public float[] validationScores() {
    return validationScores.clone();
  }

  @Override
  public long seed() {
    return seed;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new HashMap<>(found);
    figures.put("trees", (double) forest.trees().size());
    return figures;
  }
}
