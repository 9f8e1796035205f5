package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.Jobs;
import dev.tidegate.app.stage.Scorer;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.console.Console;
import dev.tidegate.console.ConsoleSettings;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.ingest.publish.Backlog;
import dev.tidegate.ingest.publish.FeedSettings;
import dev.tidegate.ingest.publish.KafkaDoor;
import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.lab.audit.Auditor;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.bank.SimulationFiles;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.lab.guarantee.AtLeastOnce;
import dev.tidegate.lab.guarantee.FirstDecisionWins;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of payments to alerts on the page, over the real broker, registry, Flink and PostgreSQL,
 * with the features job, its task manager and the scorer killed on the way.
 */
final class FileToAlertIT {
  private static final int DAYS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path folder;

  @Test
  void shouldDecideEachPaymentOnceThoughJobAndScorerAreKilled() throws Exception {
    long payments =
        SimulationFiles.write(SimulatorSettings.of(41, 400), DAYS, folder, (done, of, count) -> {})
            .transactions();
    PlatformOptions options = PlatformOptions.at(folder.resolve("data"));
    try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {})) {
      Servers servers =
          new Servers(platform.bootstrapServers(), platform.registryUrl(), platform.flink());
      StageSettings settings = new StageSettings(Configuration.load(null), servers, Duration.ZERO);
      RunningJob job = Jobs.features(platform.flink(), settings.features());
      try (Scorer scorer = new Scorer(settings.scoring(), Releases.load(null), WallClock.INSTANCE);
          Console console = console(platform, servers)) {
        CompletableFuture<Void> feed = feed(servers, scorer);
        awaitDecided(scorer, payments / 5);
        job.kill();
        job = Jobs.features(platform.flink(), settings.features());
        awaitDecided(scorer, 2 * payments / 5);
        scorer.kill();
        awaitDecided(scorer, 3 * payments / 5);
        platform.flink().replaceTaskManager();
        awaitDecided(scorer, 4 * payments / 5);
        scorer.kill();
        awaitDecided(scorer, payments);
        feed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        AuditReport report =
            new Auditor(new KafkaTopicLog(servers.bootstrapServers(), servers.registry())).audit();

        new AtLeastOnce().verify(report);
        new FirstDecisionWins().verify(report);
        assertThat(report.isClean()).as(report.describe()).isTrue();
        assertThat(report.counts().rawAlerts()).isPositive();
        awaitOnPage(console, report.counts().rawAlerts());
      }
      job.cancel();
    }
  }

  private CompletableFuture<Void> feed(Servers servers, Scorer scorer) {
    return CompletableFuture.runAsync(
        () -> {
          TokenKey key = TokenKey.of("a key for tests alone".getBytes(StandardCharsets.UTF_8));
          KafkaDoor.Target target =
              new KafkaDoor.Target(
                  Map.of("bootstrap.servers", servers.bootstrapServers()), servers.registry());
          Backlog backlog = published -> published - scorer.metrics().decided();
          try (CsvDoor door =
                  CsvDoor.open(
                      folder.resolve("transactions.csv.zst"),
                      Profiles.under(Home.path("")).find("simulator"),
                      DoorSettings.of(key, WallClock.INSTANCE));
              KafkaDoor kafka =
                  KafkaDoor.connect(
                      door,
                      target,
                      "file-to-alert",
                      FeedSettings.replay().withBacklogLimit(500),
                      backlog)) {
            kafka.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Console console(EmbeddedPlatform platform, Servers servers) {
    return Console.start(
        new ConsoleSettings(
            "127.0.0.1",
            0,
            platform.database().jdbcUrl(),
            "postgres",
            "",
            servers.bootstrapServers(),
            servers.registry(),
            WallClock.INSTANCE));
  }

  private static void awaitDecided(Scorer scorer, long count) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              scorer.keepRunning();
              return scorer.metrics().decided() >= count;
            });
  }

  private static void awaitOnPage(Console console, long alerts) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(stored(console)).hasSize((int) alerts));
  }

  /** Ids of all alerts that the console has, newest first. */
  private static List<String> stored(Console console) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    List<String> ids = new ArrayList<>();
    String before = "";
    do {
      URI page = URI.create(console.url()).resolve("/api/alerts?limit=100" + before);
      JsonNode answer =
          new JsonMapper()
              .readTree(
                  client
                      .send(
                          HttpRequest.newBuilder(page).build(),
                          HttpResponse.BodyHandlers.ofString())
                      .body());
      answer.path("alerts").forEach(alert -> ids.add(alert.path("alertId").asText()));
      before = answer.has("before") ? "&before=" + answer.path("before").asLong() : "";
    } while (!before.isEmpty());
    assertThat(ids).doesNotHaveDuplicates();
    return ids;
  }
}
