package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.offline.Mining;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate graph mine} over an archive with a planted flow, with a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class GraphMineIT {
  private static final int ORDINARY = 2_000;

  @TempDir private Path folder;

  @Test
  void shouldWriteFeaturesAndPublishCases() throws Exception {
    writeHistory();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        EmbeddedRegistry registry = registry()) {
      kafka.createTopics();
      CommandRun run =
          CommandRun.of(
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
                  "--json")
              .succeeded();

      List<PatternAlert> alerts = new ArrayList<>();
      new KafkaTopicLog(kafka.bootstrapServers(), new ConfluentRegistry(registry.url()))
          .read(Topics.PATTERN_ALERTS, PatternAlert.class, alerts::add);
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

  private EmbeddedRegistry registry() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    return EmbeddedRegistry.start(
        Files.createDirectories(folder.resolve("registry")),
        Files.createDirectories(folder.resolve("logs")),
        port,
        false);
  }

  /** Ordinary payments over 40 days; on the 20th one account pays another through five mules. */
  private void writeHistory() throws Exception {
    String ordinary =
        rows(Transaction.getClassSchema(), "'account-' || hash(n) % 300", "'account-' || hash(n + 7) % 300", "1000 + hash(n) % 9000", "'o-' || n", "to_minutes(n * 28)");
    String in = rows(Transaction.getClassSchema(), "'source'", "'mule-' || n", "950000", "'in-' || n", "to_days(20)");
    String out = rows(Transaction.getClassSchema(), "'mule-' || n", "'sink'", "940000", "'out-' || n", "to_days(21)");
    String payments =
        ordinary + " FROM range(" + ORDINARY + ") e(n) UNION ALL " + in + " FROM range(5) e(n) UNION ALL "
            + out + " FROM range(5) e(n)";
    copy("SELECT *, 0 AS topicPartition, row_number() OVER () AS topicOffset FROM (" + payments + ")", "transactions");
    String labels =
        rows(Label.getClassSchema(), "''", "''", "0", "'in-' || n", "to_days(20)")
            + " FROM range(5) e(n) UNION ALL "
            + rows(Label.getClassSchema(), "''", "''", "0", "'out-' || n", "to_days(20)")
            + " FROM range(5) e(n)";
    copy("SELECT *, 0 AS topicPartition, row_number() OVER () AS topicOffset FROM (" + labels + ")", "labels");
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
                    default ->
                        field.schema().getType() == Schema.Type.LONG ? "n" : "NULL::VARCHAR";
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
