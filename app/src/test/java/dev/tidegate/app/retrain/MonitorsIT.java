package dev.tidegate.app.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.config.Settings;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All monitors at a real broker and registry. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class MonitorsIT {
  @TempDir private Path directory;

  @Test
  void shouldTryAgainUntilSomebodyWatches() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(
                Files.createDirectories(directory.resolve("registry")),
                Files.createDirectories(directory.resolve("logs")),
                0,
                false)) {
      kafka.createTopics();
      ChosenRelease shipped = Releases.load(null);
      Settings settings = Settings.load(null);
      // No folder can be made where a file stands: every monitor fails to start.
      Path state = Files.writeString(directory.resolve("state"), "in the way");
      SimpleMeterRegistry shown = new SimpleMeterRegistry();
      try (Monitors monitors =
          Monitors.start(
              new Addresses(kafka.bootstrapServers(), registry.url()),
              new Monitors.Watching(settings.drift(), settings.retrain()),
              shipped,
              state,
              new Monitors.Pauses(Duration.ofMillis(50), Duration.ofMillis(400)))) {
        monitors.bindTo(shown);
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> shown.get("retrain.monitors.failures").functionCounter().count() >= 2);
        assertThat(shown.get("retrain.monitors.watching").gauge().value()).isZero();
        assertThat(monitors.watched()).isEmpty();
        assertThat(monitors.running()).isFalse();

        Files.delete(state);

        await().atMost(Duration.ofSeconds(60)).until(monitors::running);
        assertThat(monitors.watched()).isEqualTo(Releases.SHIPPED);
        assertThat(shown.get("retrain.monitors.watching").gauge().value()).isEqualTo(1);
        assertThat(state)
            .isDirectoryContaining(folder -> folder.endsWith("score"))
            .isDirectoryContaining(folder -> folder.endsWith("outcomes"))
            .isDirectoryContaining(folder -> folder.endsWith("quality"))
            .isDirectoryContaining(folder -> folder.endsWith("volume"));
      }
    }
  }

  @Test
  void shouldDoubleItsPausesUpToTheLongest() {
    Monitors.Pauses pauses = new Monitors.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertThat(pauses.after(1)).hasSeconds(1);
    assertThat(pauses.after(3)).hasSeconds(4);
    assertThat(pauses.after(5)).hasSeconds(10);
    assertThat(pauses.after(1_000)).hasSeconds(10);
  }
}
