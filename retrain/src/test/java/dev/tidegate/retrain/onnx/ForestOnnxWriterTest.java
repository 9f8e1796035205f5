package dev.tidegate.retrain.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.retrain.train.SampleRows;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import dev.tidegate.scoring.forest.XgboostReader;
import dev.tidegate.scoring.onnx.TreeEnsembleReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class ForestOnnxWriterTest {
  private static final int WIDTH = SampleRows.NAMES.size();

  @Test
  void shouldScoreAsTheBoosterDoes() throws Exception {
    Booster booster = booster(Map.of());
    Forest forest = XgboostReader.read(booster.toByteArray("json"));
    List<float[]> rows = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 10_000; i++) {
      rows.add(SampleRows.vector(random));
    }
    addRowsOnThresholds(forest, rows);
    float[] missing = new float[WIDTH];
    Arrays.fill(missing, Float.NaN);
    rows.add(missing);
    assertSame(booster, forest, rows);
  }

  @Test
  void shouldReadTheInterceptThatXgboostChose() throws Exception {
    Booster booster = booster(Map.of());
    assertThat((double) XgboostReader.read(booster.toByteArray("json")).baseMargin())
        .isBetween(-4.0, -0.5);
    Booster set = booster(Map.of("base_score", 0.25));
    assertThat((double) XgboostReader.read(set.toByteArray("json")).baseMargin())
        .isCloseTo(Math.log(1.0 / 3), within(1e-6));
    assertSame(set, XgboostReader.read(set.toByteArray("json")), List.of(new float[] {1, 2, 3, 4}));
  }

  @Test
  void shouldLetTheTreesBeReadAgain() throws Exception {
    Forest forest = XgboostReader.read(booster(Map.of()).toByteArray("json"));
    Forest read = TreeEnsembleReader.read(ForestOnnxWriter.write(forest));

    assertThat(read).usingRecursiveComparison().isEqualTo(forest);
  }

  private static Booster booster(Map<String, Object> more) throws XGBoostError {
    TrainingSet set = SampleRows.set(5_000, 1);
    DMatrix matrix = new DMatrix(set.matrix(0, 5_000), 5_000, WIDTH, Float.NaN);
    matrix.setLabel(set.labels(0, 5_000));
    Map<String, Object> settings = new HashMap<>();
    settings.put("objective", "binary:logistic");
    settings.put("tree_method", "hist");
    settings.put("max_depth", 6);
    settings.put("nthread", 1);
    settings.put("verbosity", 0);
    settings.putAll(more);
    return XGBoost.train(matrix, settings, 100, Map.of(), null, null);
  }

  /** For each of some splits, rows exactly at it and one float to each side. */
  private static void addRowsOnThresholds(Forest forest, List<float[]> rows) {
    Random random = new Random(3);
    for (Tree tree : forest.trees()) {
      for (int node = 0; node < tree.nodes(); node++) {
        if (!tree.leaf(node)) {
          for (float value :
              new float[] {
                tree.value(node), Math.nextUp(tree.value(node)), Math.nextDown(tree.value(node))
              }) {
            float[] row = SampleRows.vector(random);
            row[tree.feature(node)] = value;
            rows.add(row);
          }
        }
      }
    }
  }

  private static void assertSame(Booster booster, Forest forest, List<float[]> rows)
      throws XGBoostError, OrtException {
    float[] flat = new float[rows.size() * WIDTH];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * WIDTH, WIDTH);
    }
    float[][] expected = booster.predict(new DMatrix(flat, rows.size(), WIDTH, Float.NaN));
    float[][] actual = run(ForestOnnxWriter.write(forest), rows.toArray(float[][]::new));
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i][0])
          .as("row %d: %s", i, Arrays.toString(rows.get(i)))
          .isCloseTo(expected[i][0], within(1e-6));
    }
  }

  private static float[][] run(byte[] model, float[][] rows) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, rows);
        OrtSession.Result result = session.run(Map.of(ForestOnnxWriter.INPUT, input))) {
      return (float[][]) result.get(ForestOnnxWriter.OUTPUT).orElseThrow().getValue();
    }
  }
}
