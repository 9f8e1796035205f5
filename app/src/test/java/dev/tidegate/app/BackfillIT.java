package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tidegate features backfill} over a history whose vectors are its own, one of which
 * somebody changed: a test of what follows, not of the features.
 */
final class BackfillIT {
  private static final int PAYMENTS = 200;

  @TempDir private Path folder;

  @Test
  void shouldFailOverAVectorThatNothingExplainsAndNotOverOneThatALatePaymentDoes()
      throws Exception {
    writePayments();
    assertThat(backfill("first").succeeded().err()).contains("holds no vectors");

    serve("false", "false");
    JsonNode same = backfill("same").succeeded().json();
    assertThat(same.path("compared").asInt()).isEqualTo(PAYMENTS);
    assertThat(same.path("different").asInt()).isZero();

    serve("transactionId = 'tx-20'", "transactionId = 'tx-10'");
    JsonNode late = backfill("late").succeeded().json();
    assertThat(late.path("different").asInt()).isEqualTo(1);
    assertThat(late.path("explained").asInt()).isEqualTo(1);

    serve("transactionId IN ('tx-20', 'tx-31')", "transactionId = 'tx-10'");
    CommandRun failed = backfill("otherwise");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.json().path("unexplained").asInt()).isEqualTo(1);
    Path report = folder.resolve("otherwise").resolve("unexplained.csv");
    assertThat(failed.err())
        .contains(
            "tidegate: 1 vectors came out otherwise and the history shows no reason: tx-31;"
                + " their features are in "
                + report);
    assertThat(report).content().contains("\"tx-31\",").contains(",account_count_1h,");
  }

  private CommandRun backfill(String out) throws Exception {
    Path features =
        Files.writeString(
            folder.resolve("features.yaml"),
            """
            features:
              - {payment: [amount]}
              - {entity: account, aggregate: count, windows: [1h]}
            sequences:
              - {entity: account, length: 3, fields: [age]}
            """);
    return CommandRun.of(
        "features",
        "backfill",
        "--from",
        folder.resolve("history").toString(),
        "--features",
        features.toString(),
        "--out",
        folder.resolve(out).toString(),
        "--json");
  }

  /** A payment a minute, of ten accounts in turn; every column of a payment is there. */
  private void writePayments() throws Exception {
    String columns =
        Transaction.getClassSchema().getFields().stream()
            .map(BackfillIT::column)
            .collect(Collectors.joining(", "));
    copy(
        "SELECT "
            + columns
            + ", 0 AS topicPartition, n AS topicOffset FROM range("
            + PAYMENTS
            + ") each(n)",
        "transactions");
  }

  private static String column(Schema.Field field) {
    String name = field.name().replaceFirst("Ms$", "");
    String value =
        switch (name) {
          case "transactionId" -> "'tx-' || n";
          case "payerAccount" -> "'a' || n % 10";
          case "eventTime", "ingestedAt" -> "TIMESTAMP '2026-01-01' + to_minutes(n)";
          case "currency", "source" -> "'EUR'";
          default -> field.schema().getType() == Schema.Type.LONG ? "n" : "NULL::VARCHAR";
        };
    return String.format(Locale.ROOT, "%s AS %s", value, name);
  }

  /**
   * Makes what the first backfill computed the history's vectors.
   *
   * @param changed which of them have another count than they should
   * @param late which of them came late
   */
  private void serve(String changed, String late) throws Exception {
    copy(
        String.format(
            Locale.ROOT,
            """
            SELECT * REPLACE (%s AS late, 0 AS topicPartition,
              row_number() OVER (ORDER BY eventTime) - 1 AS topicOffset,
              CASE WHEN %s THEN ["values"[1], "values"[2] + 1]::FLOAT[] ELSE "values" END AS "values")
            FROM read_parquet('%s/vectors/*/*.parquet', hive_partitioning = false)""",
            late,
            changed,
            folder.resolve("first")),
        "vectors");
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
