package dev.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.terminal.Spans;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.platform.PlatformOptions.Disk;
import dev.tidegate.retrain.drift.DriftSettings;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.scoring.loop.ScoringSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference file says what the stages' own defaults are. */
final class ReferenceDefaultsTest {
  private static final long MEBIBYTE = 1 << 20;

  private final Map<String, String> reference = Configuration.load(null).values();

  private Duration span(String key) {
    return Spans.parse(reference.get(key));
  }

  private long number(String key) {
    return Long.parseLong(reference.get(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"features", "graph-aml"})
  void shouldMatchAFlinkJobs(String stage) {
    StreamSettings defaults = StreamSettings.of(stage, "h:1", "http://r", 1);

    assertThat(span(stage + ".allowed-disorder").toMillis())
        .isEqualTo(defaults.timing().disorderMs());
    assertThat(span(stage + ".idle-after").toMillis()).isEqualTo(defaults.timing().idleMs());
    assertThat(span(stage + ".allowed-drift").toMillis()).isEqualTo(defaults.timing().driftMs());
    assertThat(number(stage + ".parallelism")).isEqualTo(defaults.parallelism());
  }

  @Test
  void shouldMatchTheDoors() {
    assertThat(span("ingest.label-delay")).isEqualTo(LabelRule.DEFAULT_DELAY);
  }

  @Test
  void shouldMatchTheScorers() {
    ScoringSettings.Batching batching = ScoringSettings.Batching.NATURAL;
    ScoringSettings.Limits limits = ScoringSettings.Limits.SHIPPED;
    assertThat(number("scoring.max-batch")).isEqualTo(batching.rows());
    assertThat(span("scoring.window")).isEqualTo(batching.window());
    assertThat(number("scoring.buffers")).isEqualTo(batching.buffers());
    assertThat(span("scoring.overload-after")).isEqualTo(limits.overloadAfter());
    assertThat(span("scoring.model-limit")).isEqualTo(limits.modelLimit());
  }

  @Test
  void shouldMatchTheDriftMonitors() {
    assertThat(number("retrain.drift-window"))
        .isEqualTo(DriftSettings.defaults().windowDecisions());
  }

  @Test
  void shouldMatchTheEmbeddedPlatforms() {
    assertThat(number("platform.min-free-disk-mib") * MEBIBYTE)
        .isEqualTo(Disk.defaults().freeAtStart());
    assertThat(number("platform.stop-free-disk-mib") * MEBIBYTE)
        .isEqualTo(Disk.defaults().freeAtLeast());
    assertThat(span("platform.checkpoint-interval"))
        .isEqualTo(FlinkOptions.defaults().checkpointInterval());
  }
}
