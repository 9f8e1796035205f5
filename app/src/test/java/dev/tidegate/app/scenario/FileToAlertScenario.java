package dev.tidegate.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.Home;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.Jobs;
import dev.tidegate.app.stage.Scorer;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.stage.StageNews;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.app.terminal.Terminal;
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
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A file of payments to alerts on the page, with the features job, its task manager and the scorer
 * killed on the way: each payment is decided once, and each alert is on the page once.
 */
public final class FileToAlertScenario {
  private static final int SEED = 41;
  private static final int CUSTOMERS = 400;
  private static final int DAYS = 12;
  private static final int BACKLOG_LIMIT = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final StageListener NOBODY =
      new StageNews(new Terminal(new PrintWriter(Writer.nullWriter()), false, WallClock.INSTANCE));

  private final Servers servers;
  private final Database database;
  private final Path folder;
  private final StageSettings settings;

  /**
   * The scenario on servers whose topics are empty.
   *
   * @param folder takes the file of payments
   */
  public FileToAlertScenario(Servers servers, Database database, Path folder) {
    this.servers = servers;
    this.database = database;
    this.folder = folder;
    this.settings = new StageSettings(Settings.load(null), servers, Duration.ZERO);
  }

  /**
   * Plays it to its end.
   *
   * @throws AssertionError if a promise is broken
   */
  public void play() throws Exception {
    long payments =
        SimulationFiles.write(
                SimulatorSettings.of(SEED, CUSTOMERS), DAYS, folder, (done, of, count) -> {})
            .transactions();
    RunningJob job = features();
    try (Scorer scorer =
            new Scorer(
                settings.scoring(),
                settings.restart(),
                Releases.load(null).release(),
                WallClock.INSTANCE);
        DecisionsTopic decisions = new DecisionsTopic(servers.bootstrapServers());
        Console console = console()) {
      CompletableFuture<Void> feed = CompletableFuture.runAsync(() -> feed(decisions));
      job = killOnTheWay(job, scorer, count -> awaitDecided(scorer, decisions, count), payments);
      feed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      long alerts = audit(payments);
      awaitOnPage(new AlertsPage(console), alerts);
    }
    job.cancel();
  }

  /**
   * Kills each part at its share of the payments and waits until all are decided.
   *
   * @param awaitDecided waits until so many payments are decided
   * @return the features job that goes on
   */
  private RunningJob killOnTheWay(
      RunningJob job, Scorer scorer, LongConsumer awaitDecided, long payments) {
    awaitDecided.accept(payments / 5);
    job.kill();
    RunningJob next = features();
    awaitDecided.accept(2 * payments / 5);
    scorer.kill();
    awaitDecided.accept(3 * payments / 5);
    servers.flink().replaceTaskManager();
    awaitDecided.accept(4 * payments / 5);
    scorer.kill();
    awaitDecided.accept(payments);
    return next;
  }

  /**
   * Reads the topics from outside and checks what they promise; returns how many alerts there are.
   */
  private long audit(long payments) {
    AuditReport report =
        new Auditor(new KafkaTopicLog(servers.bootstrapServers(), servers.registry())).audit();
    new AtLeastOnce().verify(report);
    new FirstDecisionWins().verify(report);
    assertThat(report.isClean()).as(report.describe()).isTrue();
    assertThat(report.counts().transactions()).isEqualTo(payments);
    assertThat(report.counts().rawAlerts()).isPositive();
    return report.counts().rawAlerts();
  }

  private RunningJob features() {
    return Jobs.features(servers.flink(), settings.features(), Releases.load(null).catalogue());
  }

  private Console console() {
    return Console.start(
        new ConsoleSettings(
            "127.0.0.1",
            0,
            database.jdbcUrl(),
            database.user(),
            database.password(),
            servers.bootstrapServers(),
            servers.registry(),
            WallClock.INSTANCE));
  }

  /** Feeds the file, never far ahead of the scorer, so that each kill meets payments on the way. */
  private void feed(DecisionsTopic decisions) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", servers.bootstrapServers());
    FeedSettings pace = FeedSettings.replay().withBacklogLimit(BACKLOG_LIMIT);
    Backlog backlog = published -> published - decisions.records();
    try (CsvDoor door = door();
        KafkaDoor publisher =
            KafkaDoor.connect(
                door,
                new KafkaDoor.Target(kafka, servers.registry()),
                "file-to-alert",
                pace,
                backlog)) {
      publisher.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CsvDoor door() throws IOException {
    TokenKey key = TokenKey.of("a key for tests alone".getBytes(StandardCharsets.UTF_8));
    return CsvDoor.open(
        folder.resolve("transactions.csv.zst"),
        Profiles.under(Home.path("")).find("simulator"),
        DoorSettings.of(key, WallClock.INSTANCE));
  }

  private static void awaitDecided(Scorer scorer, DecisionsTopic decisions, long count) {
    await("decisions on " + count + " payments")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              scorer.keepRunning(NOBODY);
              assertThat(decisions.records()).isGreaterThanOrEqualTo(count);
            });
  }

  private static void awaitOnPage(AlertsPage page, long alerts) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(page.ids()).hasSize(Math.toIntExact(alerts)));
  }
}
