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
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history job over a real broker and registry, with kills in the middle. */
class HistoryKafkaIT {
  private static final int MANY = 1_000;
  private static final int FEW = 10;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path folder;

  /** The payment that is sent next. */
  private int next;

  @Test
  void shouldHoldEveryRecordOnceAcrossKills() throws Exception {
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {});
        RecordFeed feed = new RecordFeed(platform)) {
      RunningJob job = submit(platform);
      send(feed, MANY);
      awaitRows(MANY / 2);
      send(feed, MANY);
      sendUntilAFileIsUnfinished(feed);
      job.kill();

      job = submit(platform);
      send(feed, MANY);
      sendUntilAFileIsUnfinished(feed);
      platform.flink().replaceTaskManager();
      send(feed, MANY);
      awaitRows(next);
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

  private void send(RecordFeed feed, int count) throws Exception {
    feed.send(next, next + count);
    next += count;
  }

  private void awaitRows(int count) {
    await()
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

  /**
   * Sends until some row stands in a file that is not finished: a kill then has to repeat it. Such
   * a file lives half a second, so that one has to be written while it is looked for; and those
   * that a kill left behind stay.
   */
  private void sendUntilAFileIsUnfinished(RecordFeed feed) {
    Set<Path> before = Set.copyOf(await().until(this::unfinished, found -> true));
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              send(feed, FEW);
              return !before.containsAll(unfinished());
            });
  }

  private List<Path> unfinished() throws Exception {
    return files(HistoryTable.TRANSACTIONS, ".part-", "");
  }

  /** Passes over a file that got its name while they were listed. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT).ignoreException(UncheckedIOException.class);
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
