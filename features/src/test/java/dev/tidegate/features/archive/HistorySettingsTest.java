package dev.tidegate.features.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HistorySettingsTest {
  @Test
  void shouldMakeAPathAnAddress() {
    assertThat(settings("history", 1_000).directory())
        .isEqualTo(Path.of("history").toAbsolutePath().toUri().toString());
    assertThat(settings("/data/history", 1_000).directory()).isEqualTo("file:///data/history");
  }

  @Test
  void shouldLeaveAnAddressAsItIs() {
    assertThat(settings("s3://bucket/history", 1_000).directory()).isEqualTo("s3://bucket/history");
  }

  @Test
  void shouldNameTheKeyThatIsWrong() {
    assertThatThrownBy(() -> settings(" ", 1_000)).hasMessage("history.directory is missing");
    assertThatThrownBy(() -> settings("history", 99))
        .hasMessage("history.rollMs is 99, not between 100 and 3600000");
  }

  @Test
  void shouldTakeTheJobsArguments() {
    StreamSettings stream = StreamSettings.of("history", "broker:9092", "http://registry", 2);

    HistorySettings settings =
        HistoryJob.settings(stream, "directory=/data/h", "parallelism=2", "rollMs=5000");

    assertThat(settings)
        .isEqualTo(
            new HistorySettings("broker:9092", "http://registry", "history", "/data/h", 5_000, 2));
    assertThat(HistoryJob.settings(stream, "directory=/data/h").rollMs()).isEqualTo(60_000);
  }

  private static HistorySettings settings(String directory, long rollMs) {
    return new HistorySettings("broker:9092", "http://registry", "history", directory, rollMs, 1);
  }
}
