package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.offline.Mining;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate graph} with a real broker: an archive with a planted flow, and sightings. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
final class GraphCommandIT {
  private static final int ORDINARY = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TRIES = 10;

  @TempDir private Path places;
  @TempDir private Path folder;

  private EmbeddedKafka kafka;
  private EmbeddedRegistry registry;

  /** Of each test its own: cases of another would stand on the topic already. */
  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start(places.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(places.resolve("registry")),
            Files.createDirectories(places.resolve("logs")),
            0,
            false);
  }

  @AfterEach
  void stop() {
    registry.close();
    kafka.close();
  }

  private <T extends SpecificRecord> List<T> read(Topics topic, Class<T> type) {
    List<T> events = new ArrayList<>();
    new KafkaTopicLog(kafka.bootstrapServers(), new ConfluentRegistry(registry.url()))
        .read(topic, type, events::add);
    return events;
  }

  @Test
  void shouldSendSightingsWithTokensAndSayWhichLinesItLeftOut() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("sightings.csv"),
            """
            member,kind,value,seen_at
            acc-1,phone,+44 20 7946 0001,2026-01-02T10:00:00Z
            acc-2,phone,442079460001,2026-01-03
            acc-2,shoe,42,2026-01-03
            acc-3,device,device-9,2026-01-04
            """);
    CommandRun run =
        CommandRun.of(
            "graph",
            "sightings",
            file.toString(),
            "--kafka",
            kafka.bootstrapServers(),
            "--registry",
            registry.url(),
            "--champion",
            folder.toString(),
            "--token-key",
            folder.resolve("token.key").toString());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("3 sightings sent", "1 lines left out: kind, the first is line 4");
    Map<String, Sighting> sent =
        read(Topics.SIGHTINGS, Sighting.class).stream()
            .collect(Collectors.toMap(Sighting::getMember, one -> one));
    assertThat(sent).containsOnlyKeys("acc-1", "acc-2", "acc-3");
    assertThat(sent.get("acc-1").getValue())
        .isEqualTo(sent.get("acc-2").getValue())
        .matches("[0-9a-f]{32}");
    assertThat(sent.get("acc-3").getValue()).isEqualTo("device-9");
  }

  @Test
  void shouldWriteFeaturesAndPublishCases() throws Exception {
    writeHistory();
    CommandRun run = CommandRun.of(mine().toArray(String[]::new)).succeeded();

    List<PatternAlert> alerts = read(Topics.PATTERN_ALERTS, PatternAlert.class);
    PatternAlert flow =
        alerts.stream()
            .filter(one -> one.getMined().getSearch() == MinedSearch.DENSE_FLOW)
            .filter(one -> one.getMined().getRank() == 1)
            .findFirst()
            .orElseThrow();
    assertThat(flow.getFocus()).startsWith("mule-");
    assertThat(flow.getPayments()).isEqualTo(10);
    JsonNode counts = run.json();
    assertThat(counts.path("payments").asInt()).isEqualTo(ORDINARY + 10);
    assertThat(counts.path("cases").asInt()).isEqualTo(alerts.size());
    JsonNode met = counts.path("labels").path("DENSE_FLOW");
    assertThat(met.path("allLabelled").asInt()).isEqualTo(7);
    assertThat(met.path("labelled").asInt()).isEqualTo(7);
    assertThat(met.path("share").asDouble()).isGreaterThan(met.path("baseRate").asDouble());
    assertThat(Files.readAllLines(folder.resolve("mined").resolve(Mining.CASES)))
        .hasSize(alerts.size());
    features(flow.getAlertId());
  }

  /** Killed while it reads, while it searches and after it has published; then left alone. */
  @Test
  void shouldPublishEachCaseOnceWhateverIsKilledWhen() throws Exception {
    writeHistory();
    Path mined = folder.resolve("mined");
    killedOnce(() -> inside(mined).anyMatch(path -> path.contains(".tidegate-")));
    killedBeforeItHasCases(mined);
    killedOnce(() -> Files.exists(mined.resolve(Mining.CASES)) && !minedCases().isEmpty());

    JsonNode counts = CommandRun.of(mine().toArray(String[]::new)).succeeded().json();

    assertThat(counts.path("sent").asInt()).as("all stood there").isZero();
    assertThat(minedCases()).hasSize(counts.path("cases").asInt()).doesNotHaveDuplicates();
    List<String> lines = Files.readAllLines(mined.resolve(Mining.CASES));
    assertThat(lines).hasSize(minedCases().size());
    minedCases().forEach(id -> assertThat(lines).anyMatch(line -> line.contains(id)));
  }

  /** It searches for a moment only: a kill that came later is done again. */
  private void killedBeforeItHasCases(Path mined) throws Exception {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      List<String> left = inside(mined).toList(); // of a process killed before
      killedOnce(
          () -> inside(mined).anyMatch(path -> path.contains("accounts") && !left.contains(path)));
      if (!Files.exists(mined.resolve(Mining.CASES))) {
        return;
      }
      Files.move(mined, folder.resolve("too-late-" + attempt));
    }
    throw new AssertionError("it had its cases before each of " + TRIES + " kills");
  }

  /** Starts the command in a process of its own and ends that as kill -9 does. */
  private void killedOnce(Callable<Boolean> then) throws Exception {
    try (ChildCommand child = ChildCommand.start(Map.of(), mine().toArray(String[]::new))) {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(then);
      child.kill();
    }
  }

  private List<String> mine() {
    return List.of(
        "graph",
        "mine",
        "--history",
        folder.resolve("history").toString(),
        "--out",
        folder.resolve("mined").toString(),
        "--kafka",
        kafka.bootstrapServers(),
        "--registry",
        registry.url(),
        "--json");
  }

  private List<String> minedCases() {
    return read(Topics.PATTERN_ALERTS, PatternAlert.class).stream()
        .filter(one -> one.getMined() != null)
        .map(PatternAlert::getAlertId)
        .toList();
  }

  private static Stream<String> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).toList().stream();
    } catch (UncheckedIOException | NoSuchFileException e) {
      return Stream.empty(); // something was removed meanwhile
    }
  }

  private void features(String flow) throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT account, flow_part FROM '"
                    + folder.resolve("mined").resolve(Mining.ACCOUNTS)
                    + "' WHERE flow_case = '"
                    + flow
                    + "' ORDER BY ALL")) {
      StringBuilder found = new StringBuilder();
      while (rows.next()) {
        found.append(rows.getString(1)).append(' ').append(rows.getInt(2)).append(';');
      }
      assertThat(found.toString())
          .isEqualTo("mule-0 1;mule-1 1;mule-2 1;mule-3 1;mule-4 1;sink 2;source 0;");
    }
  }

  /** Ordinary payments over 40 days; on the 20th one account pays another through five mules. */
  private void writeHistory() throws Exception {
    String ordinary =
        rows(
            Transaction.getClassSchema(),
            "'account-' || hash(n) % 300",
            "'account-' || hash(n + 7) % 300",
            "1000 + hash(n) % 9000",
            "'o-' || n",
            "to_minutes(n * 28)");
    String in =
        rows(
            Transaction.getClassSchema(),
            "'source'",
            "'mule-' || n",
            "950000",
            "'in-' || n",
            "to_days(20)");
    String out =
        rows(
            Transaction.getClassSchema(),
            "'mule-' || n",
            "'sink'",
            "940000",
            "'out-' || n",
            "to_days(21)");
    String payments =
        ordinary
            + " FROM range("
            + ORDINARY
            + ") e(n) UNION ALL "
            + in
            + " FROM range(5) e(n) UNION ALL "
            + out
            + " FROM range(5) e(n)";
    copy(
        "SELECT *, 0 AS topicPartition, row_number() OVER () AS topicOffset FROM ("
            + payments
            + ")",
        "transactions");
    String labels =
        rows(Label.getClassSchema(), "''", "''", "0", "'in-' || n", "to_days(20)")
            + " FROM range(5) e(n) UNION ALL "
            + rows(Label.getClassSchema(), "''", "''", "0", "'out-' || n", "to_days(20)")
            + " FROM range(5) e(n)";
    copy(
        "SELECT *, 0 AS topicPartition, row_number() OVER () AS topicOffset FROM (" + labels + ")",
        "labels");
  }

  private static String rows(
      Schema schema, String payer, String payee, String amount, String id, String after) {
    return schema.getFields().stream()
        .map(
            field -> {
              String name = field.name().replaceFirst("Ms$", "");
              String value =
                  switch (name) {
                    case "transactionId" -> id;
                    case "payerAccount" -> payer;
                    case "payeeAccount" -> payee;
                    case "amountMinor" -> amount;
                    case "fraud" -> "true";
                    case "currency", "source", "origin" -> "'EUR'";
                    case "eventTime", "ingestedAt", "knownAt" ->
                        "TIMESTAMP '2026-01-01' + " + after;
                    default -> field.schema().getType() == Schema.Type.LONG ? "n" : "NULL::VARCHAR";
                  };
              return String.format(Locale.ROOT, "%s AS %s", value, name);
            })
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  private void copy(String rows, String table) throws Exception {
    Path day =
        Files.createDirectories(folder.resolve("history").resolve(table).resolve("day=2026-01-01"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (" + rows + ") TO '" + day.resolve("part-0.parquet") + "' (FORMAT parquet)");
    }
  }
}
