package dev.tidegate.app.offline;

import dev.tidegate.app.Refused;
import dev.tidegate.features.archive.HistoryTable;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A history's Parquet files, read by DuckDB in this process: it sorts more than memory holds.
 * Topics repeat after a failure; the first record of a payment counts.
 */
final class HistoryFolder implements AutoCloseable {
  private final Path folder;
  private final List<Path> vectors;
  private final List<Path> payments;
  private final Connection database;

  /**
   * Opens a history. Files of vectors and payments are those of now: what a running platform adds
   * is not looked at. Payments are listed last, so that a vector's payment is among them.
   *
   * @param work folder for what does not fit into memory
   * @throws Refused if it holds no payments
   */
  HistoryFolder(Path folder, Path work) throws SQLException, IOException {
    this.folder = folder;
    require(HistoryTable.TRANSACTIONS);
    vectors = ArchivedDays.of(folder, HistoryTable.VECTORS).all();
    payments = ArchivedDays.of(folder, HistoryTable.TRANSACTIONS).all();
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    database = DriverManager.getConnection("jdbc:duckdb:", properties);
    try (Statement statement = database.createStatement()) {
      statement.execute("SET memory_limit = '1GB'");
      statement.execute("SET temp_directory = " + EventRows.quoted(work.toString()));
      statement.execute("SET TimeZone = 'UTC'");
    }
  }

  private void require(HistoryTable table) {
    if (!holds(table)) {
      throw new Refused(
          "there are no files in " + folder.resolve(table.folder()) + "; is this a history?");
    }
  }

  private boolean holds(HistoryTable table) {
    Path files = folder.resolve(table.folder());
    if (!Files.isDirectory(files)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(files, 2)) {
      return all.anyMatch(file -> file.toString().endsWith(".parquet"));
    } catch (IOException e) {
      throw new Refused("history " + files + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Writes a table's records to an event file, each payment's first, by a time.
   *
   * @param order name of the time that they are ordered by
   * @param progress is told how many are written
   * @return how many there are
   */
  <T extends SpecificRecordBase> long copy(
      HistoryTable table, Class<T> type, String order, Path to, LongConsumer progress)
      throws SQLException, IOException {
    long rows = 0;
    try (DataFileWriter<T> writer = EventFile.writer(to, type)) {
      if (!holds(table)) {
        return 0;
      }
      Schema schema = SpecificData.getForClass(type).getSchema(type);
      try (Statement statement = database.createStatement();
          ResultSet found = statement.executeQuery(query(table, schema, order))) {
        while (found.next()) {
          writer.append(EventRows.event(found, type, schema));
          progress.accept(++rows);
        }
      }
    }
    return rows;
  }

  private String query(HistoryTable table, Schema schema, String order) {
    return "SELECT "
        + EventRows.columns(schema, "")
        + " FROM ("
        + firsts(
            table == HistoryTable.TRANSACTIONS ? EventRows.files(payments) : files(table), "TRUE")
        + ") ORDER BY "
        + order
        + ", transactionId";
  }

  private static String firsts(String files, String condition) {
    return "SELECT * FROM " + files + " WHERE " + condition + EventRows.FIRSTS;
  }

  private static String pattern(Path folder, HistoryTable table) {
    Path all = folder.resolve(table.folder()).resolve("day=*").resolve("*.parquet");
    return EventRows.quoted(all.toString());
  }

  /**
   * Tells each payment that has a vector of a feature set, with its decision and its newest label.
   *
   * @param sequences whether sequences are read, which vectors of an older program lack
   * @param each is told the same object each time
   */
  void eachDecision(String digest, boolean sequences, Consumer<ArchivedDecision> each)
      throws SQLException {
    require(HistoryTable.VECTORS);
    Schema schema = SpecificData.getForClass(Transaction.class).getSchema(Transaction.class);
    int after = schema.getFields().size();
    ArchivedDecision row = new ArchivedDecision();
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(decisionsQuery(schema, digest, sequences))) {
      while (found.next()) {
        row.payment = EventRows.event(found, Transaction.class, schema);
        row.values = floats((Object[]) found.getArray(after + 1).getArray());
        double score = found.getDouble(after + 2);
        row.score = found.wasNull() ? Double.NaN : score;
        row.outcome = found.getString(after + 3);
        row.fired =
            Arrays.stream((Object[]) found.getArray(after + 4).getArray())
                .map(String::valueOf)
                .toList();
        boolean fraud = found.getBoolean(after + 5);
        row.fraud = found.wasNull() ? null : fraud;
        if (sequences) {
          row.sequences = EventRows.lists(found.getArray(after + 6));
        }
        each.accept(row);
      }
    }
  }

  /**
   * Tells each payment's first vector of a feature set, with the whole payment, in no order.
   *
   * @param ends end offsets of [features], see {@link OffsetBounds}
   */
  void eachVector(String digest, OffsetBounds ends, Consumer<FeatureVector> each)
      throws SQLException {
    require(HistoryTable.VECTORS);
    Schema schema = SpecificData.getForClass(Transaction.class).getSchema(Transaction.class);
    int after = schema.getFields().size();
    String query =
        "SELECT "
            + EventRows.columns(schema, "t.")
            + ", v.values, v.sequences FROM ("
            + firsts(
                files(HistoryTable.VECTORS),
                "featureDigest = " + quoted(digest) + " AND " + ends.condition())
            + ") AS v JOIN ("
            + firsts(files(HistoryTable.TRANSACTIONS), "TRUE")
            + ") AS t USING (transactionId)";
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        each.accept(
            FeatureVector.newBuilder()
                .setTransaction(EventRows.event(found, Transaction.class, schema))
                .setFeatureDigest(digest)
                .setLate(false)
                .setValues(EventRows.floats(found.getArray(after + 1)))
                .setSequences(EventRows.lists(found.getArray(after + 2)))
                .build());
      }
    }
  }

  /**
   * Tells each label, in no order; none if there are no files of labels.
   *
   * @param ends end offsets of [labels]
   */
  void eachLabel(OffsetBounds ends, Consumer<Label> each) throws SQLException {
    if (!holds(HistoryTable.LABELS)) {
      return;
    }
    Schema schema = SpecificData.getForClass(Label.class).getSchema(Label.class);
    String query =
        "SELECT "
            + EventRows.columns(schema, "")
            + " FROM "
            + files(HistoryTable.LABELS)
            + " WHERE "
            + ends.condition();
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        each.accept(EventRows.event(found, Label.class, schema));
      }
    }
  }

  /** Tells each payment whose newest label says fraud or laundering, in no order. */
  void eachFraud(Consumer<String> each) throws SQLException {
    if (!holds(HistoryTable.LABELS)) {
      return;
    }
    String query =
        "SELECT transactionId FROM (SELECT * FROM "
            + files(HistoryTable.LABELS)
            + " QUALIFY row_number() OVER (PARTITION BY transactionId ORDER BY knownAt DESC,"
            + " topicOffset DESC) = 1) WHERE fraud";
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        each.accept(found.getString(1));
      }
    }
  }

  private String decisionsQuery(Schema schema, String digest, boolean sequences) {
    String vectors = firsts(files(HistoryTable.VECTORS), "featureDigest = " + quoted(digest));
    return "SELECT "
        + EventRows.columns(schema, "t.")
        + ", v.values, d.score, coalesce(d.outcome, ''), coalesce(d.rules, []), l.fraud"
        + (sequences ? ", v.sequences" : "")
        + " FROM ("
        + vectors
        + ") AS v JOIN ("
        + firsts(files(HistoryTable.TRANSACTIONS), "TRUE")
        + ") AS t USING (transactionId)"
        + joined(HistoryTable.DECISIONS, "d", "topicPartition, topicOffset")
        + joined(HistoryTable.LABELS, "l", "knownAt DESC, topicOffset DESC");
  }

  /** The rows of a table that may not be there yet, one a payment. */
  private String joined(HistoryTable table, String name, String order) {
    String empty =
        table == HistoryTable.DECISIONS
            ? "SELECT '' AS transactionId, 0.0 AS score, '' AS outcome, [''] AS rules WHERE FALSE"
            : "SELECT '' AS transactionId, FALSE AS fraud WHERE FALSE";
    String rows =
        holds(table)
            ? "SELECT * FROM "
                + files(table)
                + " QUALIFY row_number() OVER (PARTITION BY transactionId ORDER BY "
                + order
                + ") = 1"
            : empty;
    return " LEFT JOIN (" + rows + ") AS " + name + " USING (transactionId)";
  }

  private String files(HistoryTable table) {
    return "read_parquet("
        + pattern(folder, table)
        + ", hive_partitioning = false, union_by_name = true)";
  }

  private static String quoted(String text) {
    return EventRows.quoted(text);
  }

  private static float[] floats(Object[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = ((Number) values[i]).floatValue();
    }
    return floats;
  }

  /**
   * Compares the history's vectors, as they were when it was opened, with those computed again from
   * its payments, and their sequences where the history has them: vectors of an older program have
   * none.
   *
   * @param again folder with the vectors; what nothing explains is told in a file there
   */
  VectorComparison compare(Path again, Catalogue catalogue) throws SQLException, IOException {
    List<Path> recomputed = ArchivedDays.of(again, HistoryTable.VECTORS).all();
    if (vectors.isEmpty() || recomputed.isEmpty()) {
      return VectorComparison.NONE;
    }
    List<Path> labels = ArchivedDays.of(folder, HistoryTable.LABELS).all();
    ServedAgain.Tables tables = new ServedAgain.Tables(vectors, recomputed, payments, labels);
    return VectorComparison.of(new ServedAgain(database, catalogue, tables), catalogue, again);
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
