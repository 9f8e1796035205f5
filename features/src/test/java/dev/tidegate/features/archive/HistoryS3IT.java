package dev.tidegate.features.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.lab.store.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The history job onto an object store, with kills in the middle: Flink's S3 plugin as a cluster
 * loads it, from the folder FLINK_PLUGINS_DIR, with keys from the environment.
 */
class HistoryS3IT {
  private static final int PAYMENTS = 4_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String BUCKET = "bucket";
  private static final String DIRECTORY = "s3://" + BUCKET + "/history";

  /** What was downloaded of the bucket. */
  @TempDir Path folder;

  @TempDir Path scratch;

  private S3Store store;

  @BeforeEach
  void startStore() throws Exception {
    store =
        S3Store.start(
            BUCKET, System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY"));
    startFlink(new Configuration());
  }

  /** What Flink's processes do first, with the settings of a cluster's file. */
  private void startFlink(Configuration cluster) {
    cluster.setString("s3.endpoint", store.endpoint().toString());
    cluster.setString("s3.path.style.access", "true");
    cluster.set(CoreOptions.TMP_DIRS, scratch.toString());
    FileSystem.initialize(cluster, PluginUtils.createPluginManagerFromRootFolder(cluster));
  }

  @AfterEach
  void stopStore() throws Exception {
    FileSystem.initialize(new Configuration(), null);
    store.close();
  }

  @Test
  void shouldHoldEveryRecordOnceInAnObjectStoreAcrossKills() throws Exception {
    try (EmbeddedPlatform platform =
            EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {});
        RecordFeed feed = new RecordFeed(platform)) {
      RunningJob job = submit(platform);
      feed.send(0, PAYMENTS / 4);
      awaitRows(PAYMENTS / 4);
      sendAndKill(feed, PAYMENTS / 4, PAYMENTS / 2, () -> platform.flink().replaceTaskManager());
      awaitRows(PAYMENTS / 2);
      sendAndKill(feed, PAYMENTS / 2, PAYMENTS * 3 / 4, job::kill);

      job = submit(platform);
      feed.send(PAYMENTS * 3 / 4, PAYMENTS);
      awaitRows(PAYMENTS);
      job.cancel();
      download();
      for (HistoryTable table : HistoryTable.values()) {
        assertThat(RecordFeed.archived(folder, table))
            .as(table.folder())
            .containsExactlyInAnyOrderElementsOf(feed.sent(table));
      }
    }
    assertThat(statusWithoutKeys(store.endpoint().resolve("/" + BUCKET))).isEqualTo(403);
  }

  @Test
  void shouldTakeTheKeysOfAFile() throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString(
        "s3.aws.credentials.provider", "com.amazonaws.auth.profile.ProfileCredentialsProvider");
    startFlink(cluster);
    writeKeys(System.getenv("AWS_SECRET_ACCESS_KEY"));
    org.apache.flink.core.fs.Path object = new org.apache.flink.core.fs.Path(DIRECTORY, "object");
    object.getFileSystem().create(object, FileSystem.WriteMode.NO_OVERWRITE).close();

    assertThat(object.getFileSystem().exists(object)).isTrue();
    startFlink(cluster);
    writeKeys("wrong");
    assertThatThrownBy(() -> object.getFileSystem().exists(object))
        .isInstanceOf(AccessDeniedException.class);
  }

  private static void writeKeys(String secretKey) throws IOException {
    Files.writeString(
        Path.of(System.getenv("AWS_CREDENTIAL_PROFILES_FILE")),
        "[default]\naws_access_key_id = "
            + System.getenv("AWS_ACCESS_KEY_ID")
            + "\naws_secret_access_key = "
            + secretKey
            + "\n");
  }

  private static RunningJob submit(EmbeddedPlatform platform) {
    HistorySettings settings =
        new HistorySettings(
            platform.bootstrapServers(), platform.registryUrl(), "history", DIRECTORY, 500, 2);
    RunningJob job =
        platform
            .flink()
            .submit(
                "history",
                env -> HistoryPipeline.define(env, HistorySource.kafka(settings), settings));
    job.awaitRunning(LIMIT);
    return job;
  }

  /** Waits until every table has so many rows in finished objects. */
  private void awaitRows(int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              download();
              for (HistoryTable table : HistoryTable.values()) {
                if (!Files.isDirectory(folder.resolve(table.folder()))
                    || RecordFeed.archived(folder, table).size() < count) {
                  return false;
                }
              }
              return true;
            });
  }

  /** Sends, and kills once rows stand in a new upload that is not complete: they come again. */
  private void sendAndKill(RecordFeed feed, int from, int to, Runnable kill) throws Exception {
    Set<Object> abandoned = store.openUploads();
    Future<?> sent = feed.sendAside(from, to);
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !abandoned.containsAll(store.openUploads()));
    kill.run();
    sent.get();
  }

  /** Copies what is not here yet; an object never changes. */
  private void download() throws IOException {
    org.apache.flink.core.fs.Path history = new org.apache.flink.core.fs.Path(DIRECTORY);
    FileSystem objects = history.getFileSystem();
    for (HistoryTable table : HistoryTable.values()) {
      org.apache.flink.core.fs.Path root =
          new org.apache.flink.core.fs.Path(history, table.folder());
      for (FileStatus day : objects.exists(root) ? objects.listStatus(root) : new FileStatus[0]) {
        for (FileStatus object : objects.listStatus(day.getPath())) {
          copy(objects, object.getPath(), table);
        }
      }
    }
  }

  private void copy(FileSystem objects, org.apache.flink.core.fs.Path object, HistoryTable table)
      throws IOException {
    Path day = folder.resolve(table.folder()).resolve(object.getParent().getName());
    Path file = day.resolve(object.getName());
    if (!Files.exists(file)) {
      Files.createDirectories(day);
      try (InputStream in = objects.open(object)) {
        Files.copy(in, file);
      }
    }
  }

  private static int statusWithoutKeys(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
