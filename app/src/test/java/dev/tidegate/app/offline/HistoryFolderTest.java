package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Served vectors against those computed again: what differs, and what of it the history explains.
 * Times are minutes of a day; a vector holds the amount, a count of an hour, the account's age and
 * its terminal's risk.
 */
class HistoryFolderTest {
  private static final Catalogue CATALOGUE =
      Catalogue.parse(
          """
          features:
            - {payment: [amount]}
            - {entity: account, aggregate: count, windows: [1h]}
            - {entity: account, aggregate: first_seen}
            - {entity: terminal, aggregate: risk, delay: 1h, windows: [1h]}
          sequences:
            - {entity: account, length: 2, fields: [age]}
          """,
          "test",
          Rates.none());

  private static final String PAYMENTS =
      "('a', 0, 'x', 't'), ('b', 30, 'x', 't'), ('c', 61, 'x', 'u'), ('d', 62, 'y', 'u'),"
          + " ('e', 90, 'x', 't')";

  /** Of a, b, c, d and e as they are computed again, and the offset of each. */
  private static final String AGAIN =
      "('a', 0, [1, 1, 0, 'nan'::FLOAT], [[0]], 0), ('b', 30, [1, 2, 30, 0], [[30, 0]], 1),"
          + " ('c', 61, [1, 2, 61, 0], [[31, 0]], 2), ('d', 62, [1, 1, 0, 0], [[0]], 3),"
          + " ('e', 90, [1, 2, 90, 0], [[29, 0]], 4)";

  @TempDir Path folder;

  private static void write(Path table, String name, String rows) throws Exception {
    Path day = Files.createDirectories(table.resolve("day=2018-07-25"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (" + rows + ") TO '" + day.resolve(name + ".parquet") + "' (FORMAT parquet)");
    }
  }

  private static String at(String minutes) {
    return "(TIMESTAMP '2018-07-25' + to_minutes(" + minutes + ")) AS eventTime";
  }

  private void payments() throws Exception {
    write(
        folder.resolve("live/transactions"),
        "one",
        "SELECT id AS transactionId, "
            + at("m")
            + ", account AS payerAccount, terminal AS terminalId, 0 AS topicPartition,"
            + " row_number() OVER () AS topicOffset FROM (VALUES "
            + PAYMENTS
            + ") AS rows(id, m, account, terminal)");
  }

  private void vectors(String history, String name, String rows, String more) throws Exception {
    write(
        folder.resolve(history).resolve("vectors"),
        name,
        "SELECT id AS transactionId, "
            + at("m")
            + ", v::FLOAT[] AS \"values\", 0 AS topicPartition, o AS topicOffset,"
            + " false AS approximate, "
            + more
            + " FROM (VALUES "
            + rows
            + ") AS rows(id, m, v, s, o)");
  }

  private static String told(String condition, String digest) {
    return "s::FLOAT[][] AS sequences, "
        + condition
        + " AS late, '"
        + digest
        + "' AS featureDigest";
  }

  /** Vectors that were served, in order. */
  private void served(String rows) throws Exception {
    vectors("live", "new", rows, told("false", CATALOGUE.digest()));
  }

  /** All but some were served as they are computed again. */
  private void servedBut(String id, String otherwise) throws Exception {
    served(AGAIN.replaceFirst("\\('" + id + "'.*?\\]\\], [0-9]\\)", otherwise));
  }

  private VectorComparison compared() throws Exception {
    payments();
    vectors("again", "new", AGAIN, told("false", CATALOGUE.digest()));
    try (HistoryFolder history =
        new HistoryFolder(folder.resolve("live"), folder.resolve("sorting"))) {
      return history.compare(folder.resolve("again"), CATALOGUE);
    }
  }

  private static void assertExplained(VectorComparison found, long all) {
    assertThat(found)
        .usingRecursiveComparison()
        .isEqualTo(new VectorComparison(all, 1, 1, 0, 0, List.of()));
  }

  @Test
  void shouldFindAllEqual() throws Exception {
    served(AGAIN);
    assertThat(compared()).isEqualTo(new VectorComparison(5, 0, 0, 0, 0, List.of()));
    assertThat(folder.resolve("again/unexplained.csv")).doesNotExist();
  }

  @Test
  void shouldNameOtherValuesAndAnotherSequenceThatNothingExplains() throws Exception {
    served(
        AGAIN
            .replace("[1, 2, 61, 0], [[31, 0]]", "[1, 2, 61, 0], [[31.5, 0]]")
            .replace("[1, 2, 90, 0]", "[1, 3, 90, 0]"));
    VectorComparison found = compared();
    assertThat(found).isEqualTo(new VectorComparison(5, 2, 0, 0, 2, List.of("c", "e")));
    assertThat(folder.resolve("again/unexplained.csv"))
        .content()
        .isEqualToNormalizingNewlines(
            """
            transactionId,eventTime,feature,served,again
            "c",2018-07-25T01:01:00Z,sequence of account,2 numbers,2 numbers
            "e",2018-07-25T01:30:00Z,account_count_1h,3.0,2.0
            """);
  }

  @Test
  void shouldExplainWhatLooksBackOnALatePayment() throws Exception {
    late("b");
    assertExplained(changed("c", "('c', 61, [1, 1, 61, 0], [[31, 0]], 2)"), 4);
  }

  @Test
  void shouldNotExplainByALatePaymentOfAnotherAccount() throws Exception {
    late("b");
    assertThat(changed("d", "('d', 62, [1, 2, 0, 0], [[0]], 3)").unexplained()).isEqualTo(1);
  }

  @Test
  void shouldNotExplainByALatePaymentThatTheWindowDoesNotReach() throws Exception {
    late("b");
    assertThat(changed("e", "('e', 90, [1, 3, 90, 0], [[29, 0]], 4)").unexplained()).isEqualTo(1);
  }

  @Test
  void shouldExplainHowOldTheAccountIsByALatePaymentLongAgo() throws Exception {
    late("b");
    assertExplained(changed("e", "('e', 90, [1, 2, 29, 0], [[29, 0]], 4)"), 4);
  }

  @Test
  void shouldNeverExplainWhatThePaymentAloneSays() throws Exception {
    late("b");
    assertThat(changed("c", "('c', 61, [2, 2, 61, 0], [[31, 0]], 2)").unexplained()).isEqualTo(1);
  }

  private void late(String id) throws Exception {
    vectors(
        "live",
        "late",
        "('" + id + "', 30, [1, 2, 30, 0], [[30, 0]], 1)",
        told("true", CATALOGUE.digest()));
  }

  /** One vector was served otherwise, and that of the late one was not served in order. */
  private VectorComparison changed(String id, String otherwise) throws Exception {
    servedBut(id, otherwise);
    Path file = folder.resolve("live/vectors/day=2018-07-25/new.parquet");
    Path less = folder.resolve("less.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (FROM '"
              + file
              + "' WHERE transactionId <> 'b') TO '"
              + less
              + "' (FORMAT parquet)");
    }
    Files.move(less, file, StandardCopyOption.REPLACE_EXISTING);
    return compared();
  }

  @Test
  void shouldCompareOnlyVectorsOfTheSameFeaturesAndExplainByOthers() throws Exception {
    vectors(
        "live", "other", "('b', 30, [9, 9, 9, 9], [[9]], 1)", told("false", "another catalogue"));
    assertExplained(changed("c", "('c', 61, [1, 1, 61, 0], [[31, 0]], 2)"), 4);
  }

  @Test
  void shouldExplainByAHistoryThatDoesNotReachBack() throws Exception {
    served(
        AGAIN
            .replace("[1, 2, 90, 0], [[29, 0]], 4", "[1, 2, 99, 0], [[29, 0]], 14")
            .replaceAll("\\]\\], ([0-3])\\)", "]], 1$1)"));
    assertExplained(compared(), 5);
  }

  @Test
  void shouldExplainByAPaymentThatTheHistoryLacks() throws Exception {
    servedBut("e", "('e', 90, [1, 3, 90, 0], [[29, 0]], 4), ('f', 80, [1, 3, 80, 0], [[9]], 5)");
    assertExplained(compared(), 5);
  }

  @Test
  void shouldCountApartWhatOnlyALabelCanExplain() throws Exception {
    servedBut("e", "('e', 90, [1, 2, 90, 1], [[29, 0]], 4)");
    write(
        folder.resolve("live/labels"),
        "one",
        "SELECT 'a' AS transactionId, true AS fraud, TIMESTAMP '2018-07-25' AS knownAt");
    assertThat(compared()).isEqualTo(new VectorComparison(5, 1, 0, 1, 0, List.of()));
  }

  @Test
  void shouldNotExplainByALabelOfAnotherTerminal() throws Exception {
    servedBut("e", "('e', 90, [1, 2, 90, 1], [[29, 0]], 4)");
    write(
        folder.resolve("live/labels"),
        "one",
        "SELECT 'c' AS transactionId, true AS fraud, TIMESTAMP '2018-07-25' AS knownAt");
    assertThat(compared().unexplained()).isEqualTo(1);
  }

  @Test
  void shouldReadFilesOfBeforeSequencesTogetherWithLaterOnes() throws Exception {
    vectors(
        "live",
        "old",
        "('a', 0, [1, 1, 0, 'nan'::FLOAT], [[0]], 0), ('b', 30, [1, 2, 30, 0], [[30, 0]], 1)",
        "false AS late, '" + CATALOGUE.digest() + "' AS featureDigest");
    served("('c', 61, [1, 2, 61, 0], [], 2), ('d', 62, [1, 1, 0, 0], [[1]], 3)");
    assertThat(compared()).isEqualTo(new VectorComparison(4, 1, 0, 0, 1, List.of("d")));
  }

  @Test
  void shouldReadAHistoryOfBeforeSequences() throws Exception {
    vectors(
        "live",
        "old",
        "('a', 0, [1, 1, 0, 'nan'::FLOAT], [[0]], 0)",
        "false AS late, '" + CATALOGUE.digest() + "' AS featureDigest");
    assertThat(compared()).isEqualTo(new VectorComparison(1, 0, 0, 0, 0, List.of()));
  }
}
