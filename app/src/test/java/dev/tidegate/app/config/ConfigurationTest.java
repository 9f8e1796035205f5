package dev.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
  @TempDir private Path folder;

  @Test
  void shouldTakeDefaultsFromTheReferenceFile() {
    Configuration configuration = Configuration.load(null);

    assertThat(configuration.integer("console.port", 0, 65_535)).isEqualTo(8080);
    assertThat(configuration.span("features.idle-after", Duration.ZERO, Duration.ofHours(1)))
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void shouldLetTheUsersFileReplaceOneKeyAndKeepTheRest() throws IOException {
    Path own = Files.writeString(folder.resolve("own.yaml"), "scoring:\n  max-batch: 7\n");

    Configuration configuration = Configuration.load(own);

    assertThat(configuration.integer("scoring.max-batch", 1, 100)).isEqualTo(7);
    assertThat(configuration.text("scoring.degraded-outcome")).isEqualTo("HOLD");
  }

  @Test
  void shouldNameTheNearestKeyForAnUnknownOne() throws IOException {
    Path own = Files.writeString(folder.resolve("own.yaml"), "scoring:\n  max-bach: 7\n");

    assertThatThrownBy(() -> Configuration.load(own))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("unknown setting scoring.max-bach; nearest: scoring.max-batch");
  }

  @Test
  void shouldRefuseAValueOutOfRange() throws IOException {
    Path own = Files.writeString(folder.resolve("own.yaml"), "console:\n  port: 70000\n");

    assertThatThrownBy(() -> Configuration.load(own).integer("console.port", 0, 65_535))
        .isInstanceOf(Refused.class)
        .hasMessage("setting console.port must be a whole number from 0 to 65535");
  }

  @Test
  void shouldSayWhichFileIsNoYaml() throws IOException {
    Path own = Files.writeString(folder.resolve("own.yaml"), "a: [1, 2\n");

    assertThatThrownBy(() -> Configuration.load(own))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("own.yaml");
  }
}
