package dev.tidegate.scoring.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import org.junit.jupiter.api.Test;

final class XgboostReaderTest {
  @Test
  void shouldHaveTheMarginsOfXgboostToTheLastBit() {
    Booster booster = Boosters.xgboost(200, 6, Map.of());
    Forest forest = XgboostReader.read(Boosters.json(booster));
    float[] rows = RandomForests.rows(forest, 10_000, 5);
    float[] due = Boosters.predict(booster, rows, true);
    float[] found = new float[due.length];
    try (ForestModel model = ForestModel.of(forest).open()) {
      model.margins(rows, due.length, found);
    }

    assertThat(forest.trees()).hasSize(200);
    assertThat(found).isEqualTo(due);
  }

  @Test
  void shouldScoreAsOnnxRuntimeDoesOnTheSameTrees() {
    Forest forest = XgboostReader.read(Boosters.json(Boosters.xgboost(100, 7, Map.of())));
    float[] rows = RandomForests.rows(forest, 10_000, 6);
    try (Model onnx = OnnxModel.open(OnnxFixtures.forest(forest));
        Model trees = ForestModel.of(forest).open()) {
      float[] due = onnx.score(rows);
      float[] found = trees.score(rows);
      for (int i = 0; i < due.length; i++) {
        assertThat(found[i]).as("row %d", i).isCloseTo(due[i], within(1e-6f));
      }
    }
  }

  @Test
  void shouldReadDeepTreesAndTheInterceptThatWasSet() {
    Booster booster = Boosters.xgboost(30, 14, Map.of("min_child_weight", 0, "base_score", 0.25));
    Forest forest = XgboostReader.read(Boosters.json(booster));
    float[] rows = RandomForests.rows(forest, 1000, 7);
    float[] found = new float[rows.length / Boosters.WIDTH];
    try (ForestModel model = ForestModel.of(forest).open()) {
      model.margins(rows, found.length, found);
    }

    assertThat(forest.depth()).isGreaterThan(PerfectTrees.DEEPEST);
    assertThat(forest.baseMargin()).isCloseTo((float) Math.log(1.0 / 3), within(1e-6f));
    assertThat(found).isEqualTo(Boosters.predict(booster, rows, true));
  }

  @Test
  void shouldRefuseWhatItCannotServeWithTheReason() {
    assertRefused(
        Boosters.json(Boosters.xgboost(2, 2, Map.of("objective", "reg:squarederror"))),
        "objective 'reg:squarederror'");
    assertRefused(
        Boosters.json(Boosters.xgboost(2, 2, Map.of("booster", "gblinear"))), "booster 'gblinear'");
    assertRefused(
        Boosters.json(
            Boosters.xgboost(2, 2, Map.of("objective", "multi:softprob", "num_class", 2))),
        "objective 'multi:softprob'");
    assertRefused("no json".getBytes(StandardCharsets.UTF_8), "not an XGBoost model in JSON");
  }

  @Test
  void shouldRefuseTheWeightsOfDart() {
    String even =
        new String(
            Boosters.json(Boosters.xgboost(2, 2, Map.of("booster", "dart", "rate_drop", 0.5))),
            StandardCharsets.UTF_8);
    String weighted = even.replaceFirst("\"weight_drop\":\\[[^,]*,", "\"weight_drop\":[0.5,");

    assertThat(XgboostReader.read(Boosters.bytes(even)).trees()).hasSize(2);
    assertThat(weighted).isNotEqualTo(even);
    assertRefused(Boosters.bytes(weighted), "trees with weights (dart)");
    assertRefused(
        Boosters.bytes(even.replace("\"name\":\"gbtree\"", "\"name\":\"dart\"")), "booster 'dart'");
  }

  @Test
  void shouldRefuseCategoricalSplitsAndDamage() {
    String model =
        new String(Boosters.json(Boosters.xgboost(2, 2, Map.of())), StandardCharsets.UTF_8);

    assertRefused(
        Boosters.bytes(model.replace("\"categories_nodes\":[]", "\"categories_nodes\":[0]")),
        "categorical splits");
    assertRefused(
        Boosters.bytes(model.replaceFirst("\"left_children\":\\[1,", "\"left_children\":[77,")),
        "damaged: node 0 has no proper child 77");
  }

  private static void assertRefused(byte[] model, String reason) {
    assertThatThrownBy(() -> XgboostReader.read(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(reason);
  }
}
