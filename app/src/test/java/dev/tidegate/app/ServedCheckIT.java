package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate up} checks what it serves, and counts what somebody changed in its history. */
final class ServedCheckIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Catalogue CATALOGUE = DeclaredFeatures.read(null);

  /** Kinds of entity that every bank's payments name. */
  private static final List<Entity> NAMED =
      List.of(Entity.ACCOUNT, Entity.COUNTERPARTY, Entity.CORRIDOR);

  @TempDir private Path folder;

  @Test
  void shouldFindWhatWasServedEqualAndCountPlantedFaults() throws Exception {
    try (ChildCommand up = up()) {
      await("every kind of entity that the bank's payments name was checked")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                for (Entity entity : NAMED) {
                  assertThat(count(up, "vectors", entity)).as(entity.noun()).isPositive();
                }
              });
      for (Entity entity : CATALOGUE.entities()) {
        assertThat(count(up, "mismatches", entity)).as(entity.noun()).isZero();
        assertThat(count(up, "label_mismatches", entity)).as(entity.noun()).isZero();
      }
      assertThat(metric(up, "features_check_failures_total")).contains(0.0);

      plant();

      await("the planted faults are counted")
          .atMost(PATIENCE)
          .until(() -> count(up, "mismatches", Entity.ACCOUNT) > 0);
      assertThat(count(up, "mismatches", Entity.COUNTERPARTY)).isZero();
      up.stop();
      assertThat(up.err()).last().isEqualTo("stopped");
    }
    shouldFindTheSameAlone();
    assertThat(folder.resolve("data").resolve("logs").resolve("tidegate.log"))
        .content()
        .as("one for the feature, one for the sequence")
        .contains("features of account came out otherwise in 2, ");
  }

  /** As a stage that runs alone it needs no server but the history's folder. */
  private void shouldFindTheSameAlone() throws Exception {
    Path own =
        Files.writeString(
            folder.resolve("alone.yaml"),
            """
            run: {port: 0, state: %s}
            history: {roll: 300ms, directory: %s}
            features: {check: {interval: 100ms, slices: 1, max-payments: 1000000}}
            """
                .replaceFirst("%s", folder.resolve("alone").toString())
                .replaceFirst("%s", folder.resolve("data").resolve("history").toString()));
    try (ChildCommand alone =
        ChildCommand.start(Map.of(), "run", "features-check", "--config", own.toString())) {
      await("the planted faults are counted")
          .atMost(PATIENCE)
          .until(() -> alone(alone, "mismatches", Entity.ACCOUNT) > 0);
      await("another entity was checked")
          .atMost(PATIENCE)
          .until(() -> alone(alone, "vectors", Entity.CORRIDOR) > 0);
      assertThat(alone(alone, "mismatches", Entity.CORRIDOR)).isZero();
      alone.stop();
      assertThat(alone.err()).last().isEqualTo("stopped");
    }
  }

  private static double alone(ChildCommand stage, String metric, Entity entity)
      throws IOException, InterruptedException {
    String prefix = "health of features-check: ";
    Optional<String> health =
        stage.err().stream().filter(line -> line.startsWith(prefix)).findFirst();
    return health.isEmpty()
        ? 0
        : sample(health.get().substring(prefix.length()) + "/metrics", named(metric, entity))
            .orElse(0.0);
  }

  /** Checks wait two rolls and a second until the payments of what was served are filed too. */
  private ChildCommand up() throws IOException {
    Path feed = Files.write(folder.resolve("bank.csv"), BankFile.lines(19, 200, 3));
    Path own =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            history: {roll: 5s}
            features: {check: {interval: 100ms, slices: 1, max-payments: 1000000}}
            """);
    return ChildCommand.start(
        Map.of(),
        "up",
        "--data",
        folder.resolve("data").toString(),
        "--feed",
        feed.toString(),
        "--profile",
        "simulator",
        "--rate",
        "max",
        "--port",
        "0",
        "--config",
        own.toString(),
        "--json");
  }

  private static double count(ChildCommand up, String metric, Entity entity)
      throws IOException, InterruptedException {
    return metric(up, named(metric, entity)).orElse(0.0);
  }

  private static String named(String metric, Entity entity) {
    return "features_check_" + metric + "_total{entity=\"" + entity.noun() + "\"}";
  }

  /** A sample of the page's metrics; empty while there is no page. */
  private static Optional<Double> metric(ChildCommand up, String sample)
      throws IOException, InterruptedException {
    if (up.events("started").isEmpty()) {
      return Optional.empty();
    }
    String console = up.events("started").get(0).path("console").asText();
    return sample(console + "metrics", sample);
  }

  private static Optional<Double> sample(String address, String sample)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofLines());
    return page.body()
        .filter(line -> line.startsWith(sample + " "))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' '))))
        .findFirst();
  }

  /** Changes a feature of one vector, and the sequence of another, in one file of the history. */
  private void plant() throws IOException, SQLException {
    Path largest = largest();
    Path altered = folder.resolve("altered.parquet");
    int place = CATALOGUE.place("account_count_1d") + 1;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          String.format(
              Locale.ROOT,
              """
              COPY (
                SELECT * REPLACE (list_transform("values", (x, i) -> CASE
                  WHEN i = %d AND transactionId = min(transactionId) OVER () THEN x + 1 ELSE x END
                )::FLOAT[] AS "values", CASE WHEN transactionId = max(transactionId) OVER ()
                  THEN list_transform(sequences, s -> list_transform(s, x -> x + 1))
                  ELSE sequences END::FLOAT[][] AS sequences)
                FROM read_parquet('%s', hive_partitioning = false)
              ) TO '%s' (FORMAT parquet)""",
              place,
              largest,
              altered));
    }
    Files.move(altered, largest, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The finished file of most vectors: it must have two. */
  private Path largest() throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT filename, count(*) FROM read_parquet('"
                    + folder.resolve("data/history/vectors")
                    + "/*/*.parquet', filename = true) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1")) {
      row.next();
      assertThat(row.getLong(2)).isGreaterThan(1);
      return Path.of(row.getString(1));
    }
  }
}
