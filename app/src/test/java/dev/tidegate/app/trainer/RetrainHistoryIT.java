package dev.tidegate.app.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.Home;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.stage.Jobs;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.features.archive.HistoryTable;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.lab.platform.FlinkOptions;
import dev.tidegate.lab.time.Deadline;
import dev.tidegate.retrain.request.RequestJson;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.RetrainRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tidegate retrain run} on a history that the history's own job has written, where topics no
 * longer keep what a request is about; and on labels that were known by a day.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class RetrainHistoryIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PAYMENTS = 4_500;
  private static final String MODEL = "payments-sim";

  @TempDir private static Path directory;

  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registry;
  private static LoggedBank bank;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(directory.resolve("registry")),
            Files.createDirectories(directory.resolve("logs")),
            0,
            false);
    bank =
        new LoggedBank(kafka.bootstrapServers(), registry.url(), Releases.load(null).catalogue());
    bank.log("t", PAYMENTS, 1);
  }

  @AfterAll
  static void stop() {
    registry.close();
    kafka.close();
  }

  @Test
  void shouldMakeTheSameReleaseOfAHistoryWhenTopicsHaveForgotten() throws Exception {
    Path request = bank.request(directory, "q-1", MODEL, Releases.SHIPPED);
    CommandRun fromTopics = run(request, "topics").succeeded();
    keepHistory();
    knownByADayShouldUseWhatWasKnownThen();
    forget(Topics.FEATURES, Topics.LABELS);

    CommandRun without = run(request, "without");
    assertThat(without.err())
        .contains("[features] no longer keeps its first", "name a history by --history");
    assertThat(without.exitCode()).isNotZero();

    CommandRun fromHistory = run(request, "history", "--history", history().toString()).succeeded();
    assertThat(fromHistory.out()).isEqualTo(fromTopics.out());
    String release = fromTopics.out().strip().substring("release ".length());
    for (String file :
        List.of("manifest.json", "model.onnx", "reference.json", "card.json", "card.html")) {
      assertThat(directory.resolve("history").resolve(release).resolve(file))
          .hasSameBinaryContentAs(directory.resolve("topics").resolve(release).resolve(file));
    }
  }

  /** By the command that people ask with; what is known later is told, and not used. */
  private static void knownByADayShouldUseWhatWasKnownThen() throws Exception {
    Instant day = Instant.ofEpochMilli(LoggedBank.START_MS + 30 * LoggedBank.DAY_MS);
    CommandRun.of(
            "retrain",
            "request",
            "--model",
            MODEL,
            "--why",
            "What did we know then?",
            "--known-by",
            day.toString(),
            "--as",
            "alice",
            "--kafka",
            kafka.bootstrapServers(),
            "--registry",
            registry.url(),
            "--champion",
            Home.path("config", "releases", Releases.SHIPPED).toString())
        .succeeded();
    RetrainRequest asked =
        new ControlEvents(kafka.bootstrapServers(), registry.url())
            .all(Topics.RETRAIN_REQUESTS, RetrainRequest.class)
            .get(0);
    assertThat(Instant.ofEpochMilli(asked.getCutMs())).isEqualTo(day);
    Path request = Files.writeString(directory.resolve("known-by.json"), RequestJson.write(asked));

    CommandRun then = run(request, "then", "--history", history().toString());
    assertThat(then.err()).contains("labels were known after the cut: not used");
    assertThat(then.exitCode()).as(then.err()).isIn(0, 3);
    // 23 of 30 days are mature at the cut, not 33 of 40.
    assertThat(judged(then)).isBetween(600, 700);
    assertThat(judged(run(bank.request(directory, "q-2", MODEL, Releases.SHIPPED), "now")))
        .isBetween(900, 960);
  }

  private static int judged(CommandRun run) {
    String[] words = run.err().split("judged on ", 2);
    assertThat(words).as(run.err()).hasSize(2);
    return Integer.parseInt(words[1].split("[^0-9,]", 2)[0].replace(",", ""));
  }

  private static Path history() {
    return directory.resolve("kept");
  }

  /** By the platform's own job, until it holds what was logged. */
  private static void keepHistory() throws Exception {
    EmbeddedFlink flink =
        EmbeddedFlink.start(
            directory.resolve("flink"),
            FlinkOptions.defaults().withCheckpointInterval(Duration.ofMillis(500)));
    try {
      var unused =
          Jobs.history(
              flink,
              new HistorySettings(
                  kafka.bootstrapServers(),
                  registry.url(),
                  "history",
                  history().toString(),
                  500,
                  1));
      awaitRows(HistoryTable.VECTORS, Topics.FEATURES);
      awaitRows(HistoryTable.LABELS, Topics.LABELS);
      awaitRows(HistoryTable.TRANSACTIONS, Topics.TRANSACTIONS);
    } finally {
      flink.close(Deadline.in(PATIENCE)); // alone it throws after 8 s
    }
  }

  private static void awaitRows(HistoryTable table, Topics topic) {
    long rows = bank.ends(topic).values().stream().mapToLong(Long::longValue).sum();
    String files = history().resolve(table.folder()) + "/*/*.parquet";
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(SQLException.class::isInstance) // no file yet
        .until(() -> count(files) >= rows);
  }

  private static long count(String files) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT count(*) FROM read_parquet('" + files + "')")) {
      found.next();
      return found.getLong(1);
    }
  }

  private static void forget(Topics... topics) throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (Topics topic : topics) {
      bank.ends(topic)
          .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end)));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteRecords(all).all().get();
    }
  }

  private static CommandRun run(Path request, String out, String... more) {
    List<String> line = new ArrayList<>(List.of("retrain", "run", "--request", request.toString()));
    line.addAll(List.of("--out", directory.resolve(out).toString()));
    line.addAll(List.of("--bootstrap", kafka.bootstrapServers()));
    line.addAll(List.of("--registry", registry.url()));
    line.addAll(List.of("--candidates", "1", "--alert-budget", "3", "--latency", "200"));
    line.addAll(List.of(more));
    return CommandRun.of(line.toArray(String[]::new));
  }
}
