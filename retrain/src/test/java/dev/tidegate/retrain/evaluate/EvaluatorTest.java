package dev.tidegate.retrain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  @Test
  void shouldJudgeAllAndEachKind() {
    Evaluation evaluation = new Evaluator(20, 0.65).evaluate(rows());
    assertThat(evaluation.rows()).isEqualTo(10);
    assertThat(evaluation.frauds()).isEqualTo(3);
    assertThat(evaluation.recallAtBudget()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(evaluation.precisionAtBudget()).isCloseTo(0.5, within(1e-12));
    assertThat(evaluation.recallAtThreshold()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(evaluation.precisionAtThreshold()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(evaluation.prAuc()).isCloseTo((1 + 2.0 / 3 + 3.0 / 6) / 3, within(1e-12));
    assertThat(evaluation.byKind()).containsOnlyKeys("stolen", "takeover");
    Evaluation.Kind stolen = evaluation.byKind().get("stolen");
    assertThat(stolen.frauds()).isEqualTo(2);
    assertThat(stolen.recallAtBudget()).isCloseTo(0.5, within(1e-12));
    // Without the takeover: fraud, no, no, no, fraud.
    assertThat(stolen.prAuc()).isCloseTo((1 + 2.0 / 5) / 2, within(1e-12));
    assertThat(evaluation.byKind().get("takeover").recallAtBudget()).isZero();
    assertThat(evaluation.byKind().get("takeover").recallAtThreshold()).isEqualTo(1);
  }

  @Test
  void shouldHaveAJsonFormWithNullWhereThereIsNoFigure() {
    JsonNode json = new ObjectMapper().valueToTree(new Evaluator(1, 0.5).evaluate(rows()));
    assertThat(json.path("cardPrecisionAt100").isNull()).isTrue();
    assertThat(json.path("alertBudgetPercent").asDouble()).isEqualTo(1);
    assertThat(json.path("byKind").path("stolen").path("frauds").asInt()).isEqualTo(2);
    assertThat(json.size()).isEqualTo(12);
  }

  private static ScoredRows rows() {
    ScoredRows rows = new ScoredRows();
    for (int i = 0; i < 10; i++) {
      boolean fraud = i == 0 || i == 2 || i == 5;
      String kind = i == 2 ? "takeover" : "stolen";
      rows.add(i, 0.9 - 0.1 * i, fraud, null, fraud ? kind : null);
    }
    return rows;
  }
}
