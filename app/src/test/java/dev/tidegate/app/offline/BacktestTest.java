package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import dev.tidegate.app.release.ReleaseScores;
import dev.tidegate.app.rules.RuleFiles;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.retrain.onnx.ForestOnnxWriter;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.Sha256;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule on a history of five payments of three customers, against figures worked out by hand. */
final class BacktestTest {
  private static final RuleLanguage LANGUAGE = RuleLanguage.over(List.of("count_1h"));
  private static final ReleaseScores NO_MODELS = ReleaseScores.open(List.of(), "d");
  private static final String RULES =
      """
      typology:
        id: bursts
        title: Bursts
        catches: Many payments.
        sources: ["A paper"]
        threshold: 1
      rules:
        - id: bursts.many
          title: Many
          catches: Many within an hour.
          when: count_1h >= 3.0 && amount >= 10.0
          weight: 1
        - id: bursts.score
          title: Score
          catches: A high score.
          when: score > 0.5
          weight: 0.5
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writePaymentsAndVectors() throws Exception {
    write(
        "transactions",
        "SELECT id AS transactionId, TIMESTAMP '2026-07-01 10:00:00' AS eventTime,"
            + " TIMESTAMP '2026-07-01 10:00:00' AS ingestedAt, 'bank' AS source, 1 AS sourceOffset,"
            + " 'account-' || id AS payerAccount, NULL::VARCHAR AS payeeAccount,"
            + " customer AS customerId, NULL::VARCHAR AS cardToken, NULL::VARCHAR AS cardBin,"
            + " NULL::VARCHAR AS cardLastFour, minor::BIGINT AS amountMinor, 'EUR' AS currency,"
            + " NULL::VARCHAR AS merchantId, NULL::VARCHAR AS terminalId,"
            + " NULL::VARCHAR AS merchantCategory, NULL::VARCHAR AS deviceId,"
            + " NULL::VARCHAR AS ipAddress, NULL::VARCHAR AS payerCountry,"
            + " NULL::VARCHAR AS payeeCountry, 'card' AS channel,"
            + " 0 AS topicPartition, 0 AS topicOffset"
            + " FROM (VALUES ('a', 'c1', 1000), ('b', 'c1', 2000), ('c', 'c2', 500),"
            + " ('d', NULL, 3000), ('e', 'c3', 4000)) AS rows(id, customer, minor)");
    write(
        "vectors",
        "SELECT id AS transactionId, digest AS featureDigest, v::FLOAT[] AS \"values\","
            + " 0 AS topicPartition, row AS topicOffset FROM (VALUES ('a', 'd', [3], 1),"
            + " ('a', 'd', [0], 2), ('b', 'd', [5], 3), ('c', 'd', [9], 4), ('d', 'd', [4], 5),"
            + " ('e', 'other', [9], 6)) AS rows(id, digest, v, row)");
  }

  private void writeDecisionsAndLabels() throws Exception {
    write(
        "decisions",
        "SELECT id AS transactionId, score::DOUBLE AS score, outcome, fired AS rules,"
            + " 0 AS topicPartition, row AS topicOffset FROM (VALUES"
            + " ('a', 0.1, 'APPROVE', []::VARCHAR[], 1), ('b', 0.9, 'HOLD', ['bursts.many'], 2),"
            + " ('c', 0.2, 'HOLD', ['bursts.many'], 3), ('d', 0.3, 'APPROVE', [], 4))"
            + " AS rows(id, score, outcome, fired, row)");
    write(
        "labels",
        "SELECT id AS transactionId, fraud, TIMESTAMP '2026-07-01 00:00:00'"
            + " + to_days(day::INTEGER) AS knownAt, 0 AS topicPartition, day AS topicOffset FROM"
            + " (VALUES ('a', TRUE, 1), ('a', FALSE, 2), ('b', TRUE, 3)) AS rows(id, fraud, day)");
  }

  @Test
  void shouldReportAlertsPrecisionCustomersAndTheDifferenceToTheLiveSet() throws Exception {
    writeDecisionsAndLabels();

    Backtest.Outcome outcome = backtest("d");

    assertThat(outcome.payments()).isEqualTo(4);
    assertThat(outcome.failures()).isZero();
    assertThat(outcome.lines())
        .containsExactly(
            new Backtest.Line("bursts", 3, 2, 2, 1, 0, new Backtest.Change(3, 0, 2)),
            new Backtest.Line("bursts.many", 3, 2, 2, 1, 2, new Backtest.Change(2, 1, 2)),
            new Backtest.Line("bursts.score", 1, 1, 1, 1, 0, new Backtest.Change(1, 0, 0)));
    assertThat(outcome.text()).contains("bursts.many", "0.500");
  }

  @Test
  void shouldDoWithoutDecisionsAndLabels() throws Exception {
    assertThat(backtest("d").lines())
        .containsExactly(
            new Backtest.Line("bursts", 3, 2, 0, 0, 0, new Backtest.Change(3, 0, 0)),
            new Backtest.Line("bursts.many", 3, 2, 0, 0, 0, new Backtest.Change(3, 0, 0)),
            new Backtest.Line("bursts.score", 0, 0, 0, 0, 0, new Backtest.Change(0, 0, 0)));
  }

  @Test
  void shouldAskTheReleasesThatItIsGiven() throws Exception {
    writeDecisionsAndLabels();
    String rules =
        RULES.replace("score > 0.5", "score(\"stump\") > 0.5 || score(\"champion\") < 0.15");
    Path release = stump();

    try (ReleaseScores models = ReleaseScores.open(List.of(release), "d")) {
      assertThat(backtest("d", rules, models).lines().get(2).fires())
          .as("the stump on b, c and d; the champion's score of a")
          .isEqualTo(4);
    }
    assertThat(backtest("d", rules, NO_MODELS).lines().get(2).fires()).isZero();
    assertThatThrownBy(() -> ReleaseScores.open(List.of(release), "other"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("it takes feature set d");
  }

  /** A release of one tree, which says more than a half from a count of 4 on. */
  private Path stump() throws Exception {
    Tree tree =
        new Tree(
            new int[] {1, Tree.NONE, Tree.NONE},
            new int[] {2, Tree.NONE, Tree.NONE},
            new int[3],
            new float[] {4, -1, 1},
            new boolean[3],
            new float[] {2, 1, 1});
    byte[] onnx = ForestOnnxWriter.write(new Forest(1, 0, List.of(tree)));
    float[][] golden = {{3}, {4}};
    double[] scores = {Forest.probability(-1), Forest.probability(1)};
    Manifest manifest =
        new Manifest(
            "stump-1",
            "stump",
            "test",
            "d",
            LANGUAGE.features(),
            "model.onnx",
            Sha256.hex(onnx),
            0.5,
            1,
            new Manifest.Training(null, null, null, "PT0S", 2, 1, 1),
            Map.of(),
            new Manifest.ReferenceScores(Collections.nCopies(9, 0.5), Collections.nCopies(11, 0L)),
            Manifest.Golden.of(golden, scores),
            List.of(),
            Map.of(),
            Map.of(),
            "");
    return ReleaseStore.write(folder.resolve("releases"), manifest, onnx);
  }

  @Test
  void shouldTouchNothingOfTheHistory() throws Exception {
    writeDecisionsAndLabels();
    Map<Path, FileTime> before = files();

    backtest("d");

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void shouldRefuseAHistoryOfOtherFeatures() {
    assertThatThrownBy(() -> backtest("unknown"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no vectors of these features");
  }

  private Map<Path, FileTime> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve("history"))) {
      return all.collect(
          Collectors.toMap(
              path -> path, path -> FileTime.fromMillis(path.toFile().lastModified())));
    }
  }

  private Backtest.Outcome backtest(String digest) throws Exception {
    return backtest(digest, RULES, NO_MODELS);
  }

  private Backtest.Outcome backtest(String digest, String rules, ReleaseScores models)
      throws Exception {
    Path file = Files.writeString(folder.resolve("rules.yaml"), rules);
    RuleLibrary library = RuleFiles.library(file, LANGUAGE);
    Terminal terminal =
        new Terminal(new PrintWriter(new StringWriter()), false, WallClock.INSTANCE);
    return Backtest.run(folder.resolve("history"), library, LANGUAGE, digest, models, terminal);
  }

  private void write(String table, String rows) throws Exception {
    Path day =
        Files.createDirectories(folder.resolve("history").resolve(table).resolve("day=2026-07-01"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (" + rows + ") TO '" + day.resolve("one.parquet") + "' (FORMAT parquet)");
    }
  }
}
