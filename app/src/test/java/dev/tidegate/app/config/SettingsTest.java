package dev.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingsTest {
  /** Any text that is not blank is an address until somebody listens on it. */
  private static final Set<String> FREE_TEXT =
      Set.of(
          "console.host",
          "retrain.kubernetes.cpu",
          "retrain.kubernetes.gpu-resource",
          "retrain.kubernetes.image",
          "retrain.kubernetes.memory",
          "retrain.kubernetes.namespace",
          "retrain.kubernetes.service-account",
          "run.host",
          "run.state",
          "servers.database-user");

  /** Blank, something is taken that stands elsewhere; any other text is an address. */
  private static final Set<String> ADDRESSES =
      Set.of(
          "history.directory",
          "retrain.kubernetes.kafka",
          "retrain.kubernetes.queue",
          "retrain.kubernetes.registry",
          "retrain.kubernetes.releases",
          "retrain.kubernetes.template",
          "retrain.releases",
          "run.log",
          "run.release",
          "scoring.aml-release",
          "servers.kafka-properties",
          "servers.registry-properties");

  static Stream<String> keys() {
    return Configuration.load(null).values().keySet().stream()
        .filter(key -> !ADDRESSES.contains(key));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldReadEveryKeyAndRefuseWhatDoesNotFit(String key) {
    Configuration broken =
        Configuration.load(null).with(key, FREE_TEXT.contains(key) ? " " : "nothing like it");

    assertThatThrownBy(() -> Settings.of(broken))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("setting " + key);
  }

  @Test
  void shouldHaveTheDefaultsOfTheReferenceFile() {
    Settings settings = Settings.load(null);

    assertThat(settings.platform())
        .isEqualTo(
            new PlatformSettings(512L << 20, 64L << 20, 4_096L << 20, Duration.ofSeconds(2), 20));
    assertThat(settings.ingest())
        .isEqualTo(new IngestSettings(5_000, 5_000_000, Duration.ofDays(7)));
    assertThat(settings.features())
        .isEqualTo(new JobSettings(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(1), 1))
        .isEqualTo(settings.graph());
    assertThat(settings.featuresCheck())
        .isEqualTo(new CheckDials(Duration.ofMinutes(10), 8, 20_000));
    assertThat(settings.scoring().restart())
        .isEqualTo(new ScorerSettings.Restart(Duration.ofMillis(500), Duration.ofSeconds(30)));
    assertThat(settings.console()).isEqualTo(new ConsoleAddress("127.0.0.1", 8080));
  }

  @Test
  void shouldRefuseALongestPauseBelowTheFirst() {
    Configuration odd =
        Configuration.load(null)
            .with("scoring.restart-first", "10s")
            .with("scoring.restart-longest", "1s");

    assertThatThrownBy(() -> Settings.of(odd)).hasMessageContaining("scoring.restart-longest");
  }
}
