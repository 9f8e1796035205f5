package dev.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound of passing records leaves room for the AML lane's where there is such a lane alone. */
final class PassingLogSettingTest {
  private static Configuration shipped(String checkpointInterval) {
    return Configuration.load(null).with("platform.checkpoint-interval", checkpointInterval);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2s", "2500ms", "3100ms"})
  void shouldTakeIntervalsThatTheShippedBoundHoldsWithoutTheLane(String interval) {
    assertThat(Settings.of(shipped(interval)).platform().passingLogBytes()).isPositive();
  }

  @Test
  void shouldRefuseABoundThatCouldCutTheLanesVectors() {
    Configuration lane = shipped("3100ms").with("scoring.aml-release", "shipped");
    assertThatThrownBy(() -> Settings.of(lane))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("platform.passing-log-mib");
  }

  @Test
  void shouldTakeTheShippedIntervalWithTheLane() {
    Configuration lane = shipped("2s").with("scoring.aml-release", "shipped");
    assertThat(Settings.of(lane).platform().passingLogBytes()).isPositive();
  }
}
