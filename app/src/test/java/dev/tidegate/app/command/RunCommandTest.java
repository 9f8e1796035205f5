package dev.tidegate.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import dev.tidegate.app.alone.StageName;
import dev.tidegate.app.config.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code tidegate run} takes from the environment, and which stages it knows. */
final class RunCommandTest {
  @Test
  void shouldTakeServersAndReleasesFromTheEnvironmentAndNothingElse() {
    Configuration read =
        RunCommand.withEnvironment(
            Configuration.load(null),
            Map.of(
                "TIDEGATE_SERVERS_KAFKA", "broker:9093",
                "TIDEGATE_RUN_PORT", "1234",
                "TIDEGATE_SCORING_AML_RELEASE", "shipped",
                "TIDEGATE_SCORING_MAX_BATCH", "7"));

    assertThat(read.values())
        .containsEntry("servers.kafka", "broker:9093")
        .containsEntry("run.port", "1234")
        .containsEntry("scoring.aml-release", "shipped")
        .containsEntry("scoring.max-batch", "1024");
  }

  @Test
  void shouldNameTheStagesToWhoeverAsksForAnother() {
    assertThat(StageName.of("graph-aml")).isEqualTo(StageName.GRAPH_AML);
    assertThatThrownBy(() -> StageName.of("scorer"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(
            "features, features-check, graph-aml, history, scoring, scoring-aml, monitors, launcher,"
                + " trials, console");
  }
}
