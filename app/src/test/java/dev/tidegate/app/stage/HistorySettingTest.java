package dev.tidegate.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.Settings;
import dev.tidegate.features.archive.HistorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code history} of the configuration. */
final class HistorySettingTest {
  private static final Path HOME = Path.of("/data/history");

  @TempDir private Path folder;

  @Test
  void shouldKeepAHistoryByDefault() {
    assertThat(settings(Configuration.load(null)).history(HOME))
        .isEqualTo(
            new HistorySettings(
                "broker:9092", "http://registry", "history", "/data/history", 60_000, 1));
  }

  @Test
  void shouldTakeEveryKey() throws IOException {
    String own = "history: {directory: 's3://bucket/h', roll: 10m, parallelism: 3}";

    assertThat(settings(load(own)).history(HOME))
        .isEqualTo(
            new HistorySettings(
                "broker:9092", "http://registry", "history", "s3://bucket/h", 600_000, 3));
  }

  @Test
  void shouldKeepNoneIfToldSo() throws IOException {
    assertThat(settings(load("history: {enabled: false}")).history(HOME)).isNull();
  }

  @Test
  void shouldRefuseAFlagThatIsNeitherTrueNorFalse() {
    assertThatThrownBy(() -> settings(load("history: {enabled: maybe}")).history(HOME))
        .isInstanceOf(Refused.class)
        .hasMessage("setting history.enabled must be true or false");
  }

  private Configuration load(String yaml) throws IOException {
    return Configuration.load(Files.writeString(folder.resolve("own.yaml"), yaml));
  }

  private static StageSettings settings(Configuration configuration) {
    return new StageSettings(
        Settings.of(configuration),
        new Servers("broker:9092", "http://registry", null),
        Duration.ZERO);
  }
}
