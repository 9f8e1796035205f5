package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Served vectors against those computed again, also where files are of before a new column. */
class HistoryFolderTest {
  private static final String DAY = "day=2018-07-25";

  @TempDir Path folder;

  @BeforeEach
  void writeWhatEachHistoryHas() throws Exception {
    write(folder.resolve("live/transactions"), "one", "SELECT 'a' AS transactionId");
    vectors(
        folder.resolve("again"),
        "('old', [1, 'nan'::FLOAT], [[7, 'nan'::FLOAT]]), ('same', [2], [[1, 'nan'::FLOAT], []]),"
            + " ('other', [3], [[1.5]]), ('without', [4], [[2]]), ('values', [5], [[3]])");
  }

  private static void write(Path table, String name, String rows) throws Exception {
    Path day = Files.createDirectories(table.resolve(DAY));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (" + rows + ") TO '" + day.resolve(name + ".parquet") + "' (FORMAT parquet)");
    }
  }

  private static void vectors(Path history, String rows) throws Exception {
    String select =
        "SELECT transactionId, 'd' AS featureDigest, FALSE AS late, v::FLOAT[] AS \"values\","
            + " s::FLOAT[][] AS sequences, 0 AS topicPartition, 0 AS topicOffset"
            + " FROM (VALUES "
            + rows
            + ") AS rows(transactionId, v, s)";
    write(history.resolve("vectors"), "new", select);
  }

  private void vectorsOfBefore() throws Exception {
    write(
        folder.resolve("live/vectors"),
        "old",
        "SELECT 'old' AS transactionId, 'd' AS featureDigest, FALSE AS late,"
            + " [1, 'nan'::FLOAT]::FLOAT[] AS \"values\", 0 AS topicPartition, 0 AS topicOffset");
  }

  private HistoryFolder.Comparison compared() throws Exception {
    try (HistoryFolder history =
        new HistoryFolder(folder.resolve("live"), folder.resolve("sorting"))) {
      return history.compare(folder.resolve("again"), "d");
    }
  }

  @Test
  void shouldFindAnotherSequenceAndOtherValues() throws Exception {
    vectors(
        folder.resolve("live"),
        "('same', [2], [[1, 'nan'::FLOAT], []]), ('other', [3], [[1.25]]), ('values', [6], [[3]])");
    assertThat(compared()).isEqualTo(new HistoryFolder.Comparison(3, 2));
  }

  @Test
  void shouldNotCallVectorsOfBeforeSequencesDifferent() throws Exception {
    vectorsOfBefore();
    assertThat(compared()).isEqualTo(new HistoryFolder.Comparison(1, 0));
  }

  @Test
  void shouldReadFilesOfBeforeAndAfterTogether() throws Exception {
    vectorsOfBefore();
    vectors(folder.resolve("live"), "('without', [4], []), ('other', [3], [[1.25]])");
    assertThat(compared()).isEqualTo(new HistoryFolder.Comparison(3, 1));
  }
}
