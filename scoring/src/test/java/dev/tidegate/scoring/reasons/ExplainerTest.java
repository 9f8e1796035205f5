package dev.tidegate.scoring.reasons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExplainerTest {
  private static final List<String> NAMES =
      List.of("terminal_risk_7d", "terminal_risk_30d", "amount", "account_count_1d");

  /**
   * Margin of a row: 1, 2, 4 and -3 for each feature that is 1 instead of 0, half of the rows each.
   */
  private static final Forest ADDED =
      new Forest(4, -1, List.of(stump(0, 1), stump(1, 2), stump(2, 4), stump(3, -3)));

  private final Explainer explainer = new Explainer(ADDED, NAMES, ReasonTable.shipped(), 3);

  @Test
  void shouldAddUpACodesFeaturesAndPutTheHeaviestFirst() {
    Reasons reasons = explainer.explain(new float[] {1, 1, 1, 1});

    assertThat(reasons.tableVersion()).isEqualTo("2026-2");
    assertThat(reasons.expectedMargin()).isEqualTo(1);
    assertThat(reasons.margin()).isCloseTo(3, within(1e-12));
    assertThat(reasons.heaviest()).hasSize(2);
    assertThat(reasons.heaviest().get(0).code().code()).isEqualTo("R90");
    assertThat(reasons.heaviest().get(0).logOdds()).isCloseTo(2, within(1e-12));
    assertThat(reasons.heaviest().get(1).code().code()).isEqualTo("R10");
    assertThat(reasons.heaviest().get(1).feature()).isEqualTo("terminal_risk_30d");
    assertThat(reasons.heaviest().get(1).logOdds()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void shouldNameNothingThatSpeaksAgainstFraud() {
    Reasons reasons = explainer.explain(new float[] {0, 0, 0, 0});

    assertThat(reasons.heaviest()).hasSize(1);
    assertThat(reasons.heaviest().get(0).code().code()).isEqualTo("R80");
  }

  @Test
  void shouldNameNoMoreThanAsked() {
    Explainer one = new Explainer(ADDED, NAMES, ReasonTable.shipped(), 1);

    assertThat(one.explain(new float[] {1, 1, 1, 0}).heaviest()).hasSize(1);
  }

  @Test
  void shouldRefuseNamesThatAreNotTheForests() {
    assertThatThrownBy(() -> new Explainer(ADDED, List.of("amount"), ReasonTable.shipped(), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Tree stump(int feature, float value) {
    return new Tree(
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new int[] {feature, 0, 0},
        new float[] {0.5f, 0, value},
        new boolean[3],
        new float[] {2, 1, 1});
  }
}
