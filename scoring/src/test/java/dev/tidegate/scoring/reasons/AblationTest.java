package dev.tidegate.scoring.reasons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Of a sum the parts are known: weight times distance from the reference, added up by group. */
final class AblationTest {
  private static final int[] GROUPS = {0, 1, 1, 2, 0};
  private static final float[] SAMPLES = {1, 2, 3, 4, 5, 3, 2, 1, 0, Float.NaN};

  @Property(tries = 200)
  void shouldBeExactForASum(
      @ForAll @Size(5) List<@DoubleRange(min = -1, max = 1) Double> weights,
      @ForAll @Size(5) List<@FloatRange(min = -2, max = 2) Float> row) {
    double[] w = weights.stream().mapToDouble(Double::doubleValue).toArray();
    assertExact(LinearModel.of(w), w, floats(row), new double[5]);
  }

  @Property(tries = 200)
  void shouldTakeTheMeansOfSamplesWhereAModelHasNoAnswerToMissingValues(
      @ForAll @Size(5) List<@DoubleRange(min = -0.5, max = 0.5) Double> weights,
      @ForAll @Size(5) List<@FloatRange(min = -2, max = 2) Float> row) {
    double[] w = weights.stream().mapToDouble(Double::doubleValue).toArray();
    assertExact(LinearModel.needingAll(w), w, floats(row), new double[] {2, 2, 2, 2, 5});
  }

  private static void assertExact(
      Supplier<Model> models, double[] weights, float[] row, double[] reference) {
    double[] due = new double[3];
    double expected = 0;
    double margin = 0;
    for (int i = 0; i < 5; i++) {
      due[GROUPS[i]] += weights[i] * (row[i] - reference[i]);
      expected += weights[i] * reference[i];
      margin += weights[i] * row[i];
    }
    try (Ablation ablation = new Ablation(models, SAMPLES, 5)) {
      Attribution.Parts parts = ablation.of(row, GROUPS, 3);

      assertThat(parts.expectedMargin()).isCloseTo(expected, within(0.01));
      assertThat(parts.margin()).isCloseTo(margin, within(0.01));
      for (int group = 0; group < 3; group++) {
        assertThat(parts.byGroup(group)).isCloseTo(due[group], within(0.02));
      }
    }
  }

  @Test
  void shouldNameOfAGroupTheValueThatAddsMost() {
    List<String> names =
        List.of("amount", "terminal_risk_7d", "terminal_risk_30d", "account_count_1h", "is_cash");
    Explainer explainer =
        Explainer.byAblation(
            LinearModel.of(0.5, 1, 2, -1, 0.75), SAMPLES, names, ReasonTable.shipped(), 5);

    Reasons reasons = explainer.explain(new float[] {1, 0.5f, 0.5f, 2, 1});

    assertThat(reasons.heaviest())
        .extracting(reason -> reason.code().code(), Reason::feature, Reason::value)
        .containsExactly(tuple("R10", "terminal_risk_30d", 0.5f), tuple("R90", "is_cash", 1f));
    assertThat(reasons.heaviest().get(0).logOdds()).isCloseTo(1.5, within(1e-3));
    assertThat(reasons.heaviest().get(1).logOdds()).isCloseTo(1.25, within(1e-3));
    assertThat(reasons.margin()).isCloseTo(0.75, within(1e-3));
    assertThat(reasons.expectedMargin()).isCloseTo(0, within(1e-3));
    explainer.close();
  }

  @Test
  void shouldExplainNothingThatHasNoScore() {
    float[] row = new float[5];
    Arrays.fill(row, Float.NaN);
    try (Ablation ablation = new Ablation(LinearModel.needingAll(1, 1, 1, 1, 1), SAMPLES, 5)) {
      assertThatThrownBy(() -> ablation.of(row, GROUPS, 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model has no answer to the row");
      assertThatThrownBy(() -> ablation.of(new float[4], GROUPS, 3))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static float[] floats(List<Float> values) {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
    }
    return all;
  }
}
