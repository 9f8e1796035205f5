package dev.tidegate.app.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import dev.tidegate.scoring.release.ScoringLane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No model of one lane has the name of one of another. */
final class ModelNameTest {
  @ParameterizedTest
  @CsvSource({
    "payments-sim-0004, PAYMENTS, payments-sim",
    "handbook, PAYMENTS, handbook",
    "amlgentex-1, PAYMENTS, amlgentex",
    "aml-sim-0001, AML, aml-sim",
    "payments-sim-0004, AML, aml-payments-sim",
    "aml-1, AML, aml"
  })
  void shouldNameTheLane(String release, ScoringLane lane, String model) {
    assertThat(ModelName.of(release, lane)).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aml-sim-0001", "aml-1", "aml"})
  void shouldKeepTheLanesNamesFromOthers(String release) {
    assertThatThrownBy(() -> ModelName.of(release, ScoringLane.PAYMENTS))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(release)
        .hasMessageContaining("--lane aml");
  }

  @Test
  void shouldRefuseTwoLanesWithOneModel() {
    assertThatThrownBy(() -> ModelName.apart("sim", "sim"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("model sim");
    assertThatCode(() -> ModelName.apart("payments-sim", "aml-sim")).doesNotThrowAnyException();
  }
}
