package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FeaturesSettingsTest {
  @Test
  void shouldTakeDefaultsForWhatIsNotSaid() {
    assertThat(FeaturesSettings.from(Map.of("bootstrapServers", "b:1", "registryUrl", "http://r")))
        .isEqualTo(FeaturesSettings.of("b:1", "http://r", 1));
  }

  @Test
  void shouldNameTheKeyThatIsWrong() {
    assertThatThrownBy(() -> FeaturesSettings.from(Map.of("registryUrl", "http://r")))
        .hasMessageContaining("features.bootstrapServers");
    assertThatThrownBy(() -> FeaturesSettings.from(Map.of("paralelism", "2")))
        .hasMessageContaining("paralelism")
        .hasMessageContaining("parallelism,");
    assertThatThrownBy(
            () ->
                FeaturesSettings.from(
                    Map.of("bootstrapServers", "b", "registryUrl", "r", "idleMs", "soon")))
        .hasMessageContaining("features.idleMs");
    assertThatThrownBy(() -> FeaturesSettings.of("b", "r", 0))
        .hasMessageContaining("features.parallelism");
  }
}
