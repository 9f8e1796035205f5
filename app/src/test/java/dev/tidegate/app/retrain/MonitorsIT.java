package dev.tidegate.app.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.config.Settings;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All monitors at a real broker and registry, where one of them cannot start at first. */
@Timeout(300)
final class MonitorsIT {
  @TempDir private Path directory;

  /** The monitor of outcomes refuses [labels] of another number of partitions than [decisions]. */
  @Test
  void shouldTryAgainUntilSomebodyWatchesAndLeaveNothingBehind() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(
                Files.createDirectories(directory.resolve("registry")),
                Files.createDirectories(directory.resolve("logs")),
                0,
                false);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      kafka.createTopics();
      int more = Topics.LABELS.partitions() + 1;
      grow(admin, Topics.DECISIONS, more);
      Settings settings = Settings.load(null);
      SimpleMeterRegistry shown = new SimpleMeterRegistry();
      try (Monitors monitors =
          Monitors.start(
              new Addresses(kafka.bootstrapServers(), registry.url()),
              new Monitors.Watching(settings.drift(), settings.retrain()),
              Releases.load(null),
              directory.resolve("state"),
              new Monitors.Pauses(Duration.ofMillis(50), Duration.ofMillis(400)))) {
        monitors.bindTo(shown);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> shown.get("retrain.monitors.failures").functionCounter().count() >= 2);
        assertThat(shown.get("retrain.monitors.watching").gauge().value()).isZero();
        assertThat(monitors.watched()).isEmpty();
        assertThat(monitors.running()).isFalse();

        grow(admin, Topics.LABELS, more);

        await().atMost(Duration.ofSeconds(60)).until(monitors::running);
        assertThat(monitors.watched()).isEqualTo(Releases.SHIPPED);
        assertThat(shown.get("retrain.monitors.watching").gauge().value()).isEqualTo(1);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> streamThreads("retrain-score-drift") == 1);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> streamThreads("retrain-") == 0);
    }
  }

  private static void grow(Admin admin, Topics topic, int partitions) throws Exception {
    admin.createPartitions(Map.of(topic.topic(), NewPartitions.increaseTo(partitions))).all().get();
  }

  private static long streamThreads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix) && name.matches(".*StreamThread-\\d+"))
        .count();
  }
}
