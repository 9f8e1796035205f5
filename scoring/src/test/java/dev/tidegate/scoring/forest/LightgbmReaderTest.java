package dev.tidegate.scoring.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LightgbmReaderTest {
  @Test
  void shouldScoreAsLightgbmDoesOnAnyRow() {
    assertAlike(Boosters.lightgbm(100, "objective=binary num_leaves=31 learning_rate=0.1"));
  }

  @Test
  void shouldScoreAsLightgbmDoesWithDartAndWithoutMissingValues() {
    assertAlike(Boosters.lightgbm(40, "objective=binary boosting=dart drop_rate=0.3"));
    assertAlike(Boosters.lightgbm(40, "objective=cross_entropy use_missing=false"));
  }

  private static void assertAlike(String model) {
    Forest forest = LightgbmReader.read(Boosters.bytes(model));
    float[] rows = RandomForests.rows(forest, 10_000, 8);
    double[] due = Boosters.predict(model, rows);
    try (Model trees = ForestModel.of(forest).open()) {
      float[] found = trees.score(rows);
      for (int i = 0; i < due.length; i++) {
        assertThat((double) found[i]).as("row %d", i).isCloseTo(due[i], within(1e-6));
      }
    }
  }

  @Property
  void shouldGoLeftForExactlyTheFloatsThatAreNotAboveTheThreshold(
      @ForAll double threshold, @ForAll float value) {
    for (double at : new double[] {threshold, threshold * 1e-36, 1e-35f, -1e-35f, 0}) {
      float bound = LightgbmReader.bound(at);
      for (float x : new float[] {value, (float) at, Math.nextDown(bound), bound, 1e-36f}) {
        float taken = Math.abs(x) <= 1e-35f ? 0 : x;
        assertThat(x < bound).as("%s against %s", x, at).isEqualTo(taken <= at);
      }
    }
  }

  @Test
  void shouldRefuseWhatItCannotServeWithTheReason() {
    assertRefused(Boosters.lightgbm(2, "objective=regression"), "objective 'regression'");
    assertRefused(Boosters.lightgbm(2, "objective=binary sigmoid=2"), "sigmoid:2");
    assertRefused(Boosters.lightgbm(2, "objective=multiclass num_class=2"), "several classes");
    assertRefused(Boosters.lightgbm(2, "objective=binary zero_as_missing=true"), "zero as missing");
    assertRefused(
        Boosters.lightgbm(2, "objective=binary categorical_feature=0"), "categorical splits");
    assertRefused(Boosters.lightgbm(2, "objective=binary linear_tree=true"), "linear leaves");
    assertRefused(
        Boosters.lightgbm(2, "objective=binary boosting=rf bagging_fraction=0.5 bagging_freq=1"),
        "averaged trees");
  }

  @Test
  void shouldRefuseDamage() {
    String model = Boosters.lightgbm(2, "objective=binary");

    assertRefused(model.replace("end of trees", ""), "no line 'end of trees'");
    assertRefused(model.replaceFirst("leaf_value=\\S+ ", "leaf_value="), "leaf_value has");
    assertRefused(model.replaceFirst("threshold=\\S+", "threshold=x"), "damaged");
  }

  private static void assertRefused(String model, String reason) {
    assertThatThrownBy(() -> LightgbmReader.read(Boosters.bytes(model)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(reason);
  }
}
