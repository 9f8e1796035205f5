package dev.tidegate.schemas.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.StateBackendOptions;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {
  @Test
  void shouldTakeDefaultsForWhatIsNotSaid() {
    assertThat(
            StreamSettings.from(
                "features", Map.of("bootstrapServers", "b:1", "registryUrl", "http://r")))
        .isEqualTo(StreamSettings.of("features", "b:1", "http://r", 1));
  }

  @Test
  void shouldNameTheKeyThatIsWrong() {
    assertThatThrownBy(() -> StreamSettings.from("features", Map.of("registryUrl", "http://r")))
        .hasMessageContaining("features.bootstrapServers");
    assertThatThrownBy(() -> StreamSettings.from("features", Map.of("paralelism", "2")))
        .hasMessageContaining("features.paralelism")
        .hasMessageContaining("parallelism,");
    assertThatThrownBy(
            () ->
                StreamSettings.from(
                    "features",
                    Map.of("bootstrapServers", "b", "registryUrl", "r", "idleMs", "soon")))
        .hasMessageContaining("features.idleMs");
    assertThatThrownBy(
            () ->
                StreamSettings.from(
                    "features",
                    Map.of("bootstrapServers", "b", "registryUrl", "r", "driftMs", "-1")))
        .hasMessageContaining("features.driftMs is -1, not between 0 and 2592000000");
    assertThatThrownBy(() -> StreamSettings.of("features", "b", "r", 0))
        .hasMessageContaining("parallelism is 0");
  }

  @Test
  void shouldTakeTheTimingThatIsSaid() {
    Map<String, String> values =
        Map.of(
            "bootstrapServers", "b:1",
            "registryUrl", "http://r",
            "disorderMs", "2000",
            "idleMs", "700",
            "driftMs", "2592000000");
    assertThat(StreamSettings.from("features", values).timing())
        .isEqualTo(new StreamSettings.Timing(2_000, 700, 30L * 86_400_000));
  }

  @Test
  void shouldReadAJobsArguments() {
    JobArguments arguments =
        JobArguments.of(
            "features",
            "bootstrapServers=b:1",
            "registryUrl=http://r?a=b",
            "checkpoints=file:///tmp/x");
    assertThat(arguments.settings())
        .isEqualTo(StreamSettings.of("features", "b:1", "http://r?a=b", 1));
    assertThat(arguments.configuration().get(StateBackendOptions.STATE_BACKEND))
        .isEqualTo("rocksdb");
    assertThatThrownBy(() -> JobArguments.of("features", "parallelism"))
        .hasMessageContaining("not key=value: parallelism");
  }
}
