package dev.tidegate.features.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history job over a real broker and registry, with kills in the middle. */
class HistoryKafkaIT {
  private static final int PAYMENTS = 4_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void shouldHoldEveryRecordOnceAcrossKills() throws Exception {
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {});
        RecordFeed feed = new RecordFeed(platform)) {
      RunningJob job = submit(platform);
      feed.send(0, PAYMENTS / 4);
      awaitRows(PAYMENTS / 8);
      feed.send(PAYMENTS / 4, PAYMENTS / 2);
      awaitUnfinishedFile();
      job.kill();

      job = submit(platform);
      feed.send(PAYMENTS / 2, PAYMENTS * 3 / 4);
      awaitUnfinishedFile();
      platform.flink().replaceTaskManager();
      feed.send(PAYMENTS * 3 / 4, PAYMENTS);
      awaitRows(PAYMENTS);
      job.cancel();
      for (HistoryTable table : HistoryTable.values()) {
        assertThat(RecordFeed.archived(folder, table))
            .as(table.folder())
            .containsExactlyInAnyOrderElementsOf(feed.sent(table));
      }
    }
  }

  private RunningJob submit(EmbeddedPlatform platform) {
    HistorySettings settings =
        new HistorySettings(
            platform.bootstrapServers(),
            platform.registryUrl(),
            "history",
            folder.toString(),
            500,
            2);
    RunningJob job =
        platform
            .flink()
            .submit(
                "history",
                env -> HistoryPipeline.define(env, HistorySource.kafka(settings), settings));
    job.awaitRunning(LIMIT);
    return job;
  }

  private void awaitRows(int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreException(
            UncheckedIOException.class) // a file that got its name while they were listed
        .until(
            () -> {
              for (HistoryTable table : HistoryTable.values()) {
                if (files(table, "part-", ".parquet").isEmpty()
                    || RecordFeed.archived(folder, table).size() < count) {
                  return false;
                }
              }
              return true;
            });
  }

  /** Waits until some row stands in a file that is not finished: a kill then has to repeat it. */
  private void awaitUnfinishedFile() {
    Awaitility.await()
        .atMost(LIMIT)
        .ignoreException(
            UncheckedIOException.class) // a file that got its name while they were listed
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !files(HistoryTable.TRANSACTIONS, ".part-", "").isEmpty());
  }

  private List<Path> files(HistoryTable table, String start, String end) throws Exception {
    Path root = folder.resolve(table.folder());
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().startsWith(start)
                      && file.getFileName().toString().endsWith(end))
          .toList();
    }
  }
}
