package dev.tidegate.scoring.forest;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Real models of the libraries that the forest reads, trained on seeded rows. */
public final class Boosters {
  /** Features of every row. */
  public static final int WIDTH = 8;

  private static final int ROWS = 4000;

  private Boosters() {}

  /** XGBoost with a logistic objective, and what else is asked for. */
  public static Booster xgboost(int trees, int depth, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("objective", "binary:logistic");
    settings.put("tree_method", "hist");
    settings.put("max_depth", depth);
    settings.put("eta", 0.1);
    settings.put("nthread", 1);
    settings.put("verbosity", 0);
    settings.putAll(more);
    try {
      DMatrix matrix = new DMatrix(trainingRows(), ROWS, WIDTH, Float.NaN);
      matrix.setLabel(labels());
      return XGBoost.train(matrix, settings, trees, Map.of(), null, null);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model file of a booster. */
  public static byte[] json(Booster booster) {
    try {
      return booster.toByteArray("json");
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** XGBoost's own answers. */
  public static float[] predict(Booster booster, float[] rows, boolean margin) {
    try {
      float[][] found =
          booster.predict(new DMatrix(rows, rows.length / WIDTH, WIDTH, Float.NaN), margin);
      float[] flat = new float[found.length];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = found[i][0];
      }
      return flat;
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** LightGBM's model file, trained with parameters beyond the objective. */
  public static String lightgbm(int trees, String parameters) {
    String all = "num_threads=1 verbosity=-1 seed=3 " + parameters;
    try (LGBMDataset rows =
        LGBMDataset.createFromMat(trainingRows(), ROWS, WIDTH, true, all, null)) {
      rows.setField("label", labels());
      try (LGBMBooster booster = LGBMBooster.create(rows, all)) {
        for (int i = 0; i < trees; i++) {
          booster.updateOneIter();
        }
        return booster.saveModelToString(0, trees, LGBMBooster.FeatureImportanceType.SPLIT);
      }
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** LightGBM's own answers. */
  public static double[] predict(String model, float[] rows) {
    try (LGBMBooster booster = LGBMBooster.loadModelFromString(model)) {
      return booster.predictForMat(
          rows, rows.length / WIDTH, WIDTH, true, PredictionType.C_API_PREDICT_NORMAL);
    } catch (LGBMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes of a text. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** About N(0, 1), one value in eight missing, and two columns of few values. */
  private static float[] trainingRows() {
    Random random = new Random(21);
    float[] rows = new float[ROWS * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      float value = (float) random.nextGaussian();
      rows[i] = i % WIDTH < 2 ? Math.round(value) : value;
      if (random.nextInt(8) == 0 && i % WIDTH != 3) {
        rows[i] = Float.NaN;
      }
    }
    return rows;
  }

  private static float[] labels() {
    Random random = new Random(22);
    float[] rows = trainingRows();
    float[] labels = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      float first = rows[i * WIDTH];
      float third = rows[i * WIDTH + 3];
      double odds = -2 + (Float.isNaN(first) ? 1 : first * third) + Math.abs(third);
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    }
    return labels;
  }
}
