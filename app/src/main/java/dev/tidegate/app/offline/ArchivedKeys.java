package dev.tidegate.app.offline;

import dev.tidegate.features.ServedPayment;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Some keys of an entity with all that a history's files hold of them. DuckDB finds them, in one
 * thread and in bounded memory; only what is chosen comes out. For one thread, but for {@link
 * #cancel}.
 */
final class ArchivedKeys implements AutoCloseable {
  private static final Schema PAYMENT = Transaction.getClassSchema();
  private static final Schema LABEL = Label.getClassSchema();

  private final Connection database;
  private final Statement statement;

  /**
   * One key.
   *
   * @param payments its payments, with what was served of them
   * @param labels labels of these, in the order in which they came
   */
  record Key(List<ServedPayment> payments, List<Label> labels) {}

  /** Takes keys one after another. */
  interface Taker {
    /** Takes a key. */
    void take(Key key);
  }

  /**
   * Opens a reader.
   *
   * @param work folder for what does not fit into memory
   */
  ArchivedKeys(Path work) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    database = DriverManager.getConnection("jdbc:duckdb:", properties);
    statement = database.createStatement();
    statement.execute("SET threads = 1");
    statement.execute("SET memory_limit = '256MB'");
    statement.execute("SET preserve_insertion_order = false");
    statement.execute("SET temp_directory = " + EventRows.quoted(work.toString()));
    statement.execute("SET TimeZone = 'UTC'");
  }

  /** Whether files hold the vectors of every partition from its first on, without a gap. */
  boolean isWhole(List<Path> vectors) throws SQLException {
    try (ResultSet found = statement.executeQuery(wholeness(vectors))) {
      found.next();
      return found.getBoolean(1);
    }
  }

  /** The question of {@link #isWhole}. */
  static String wholeness(List<Path> vectors) {
    return "SELECT coalesce(bool_and(lowest = 0 AND records = highest + 1), false) FROM (SELECT"
        + " min(topicOffset) AS lowest, max(topicOffset) AS highest, count(*) AS records FROM "
        + EventRows.files(vectors)
        + " GROUP BY topicPartition)";
  }

  /**
   * Chooses the keys of a slice, in an order that is another each round, until they have {@code
   * most} payments; one that alone has more is left out.
   *
   * @param payments files of payments
   */
  void choose(List<Path> payments, CheckTurn turn, int slices, int most) throws SQLException {
    String key = EntityKeys.sql(turn.entity());
    String all = "(SELECT *, " + key + " AS entityKey FROM " + EventRows.files(payments) + ")";
    statement.execute(
        "CREATE TEMP TABLE chosen AS SELECT entityKey FROM (SELECT entityKey, count(*) AS payments"
            + " FROM "
            + all
            + " WHERE entityKey IS NOT NULL AND hash(entityKey) % "
            + slices
            + " = "
            + turn.slice()
            + " GROUP BY entityKey HAVING count(*) <= "
            + most
            + ") QUALIFY sum(payments) OVER (ORDER BY hash(entityKey || "
            + EventRows.quoted("#" + turn.round())
            + "), entityKey) <= "
            + most);
    statement.execute(
        "CREATE TEMP TABLE payments AS SELECT * FROM "
            + all
            + " WHERE entityKey IN (SELECT entityKey FROM chosen)"
            + " QUALIFY row_number() OVER (PARTITION BY transactionId"
            + " ORDER BY topicPartition, topicOffset) = 1");
  }

  /**
   * Hands out the chosen keys.
   *
   * @param vectors files of vectors
   * @param judged those of them whose values are wanted
   * @param labels files of labels
   */
  void each(List<Path> vectors, List<Path> judged, List<Path> labels, Taker taker)
      throws SQLException {
    Map<String, List<Label>> known = labels.isEmpty() ? Map.of() : labels(labels);
    statement.execute(
        "CREATE TEMP TABLE served AS SELECT transactionId, featureDigest, late, topicPartition,"
            + " topicOffset FROM "
            + EventRows.files(vectors)
            + " WHERE transactionId IN (SELECT transactionId FROM payments)"
            + " QUALIFY row_number() OVER (PARTITION BY transactionId"
            + " ORDER BY topicPartition, topicOffset) = 1");
    try (ResultSet rows = statement.executeQuery(paymentsWithVectors(judged))) {
      String current = null;
      List<ServedPayment> payments = new ArrayList<>();
      while (rows.next()) {
        String key = rows.getString("entityKey");
        if (!key.equals(current) && !payments.isEmpty()) {
          taker.take(new Key(payments, known.getOrDefault(current, List.of())));
          payments = new ArrayList<>();
        }
        current = key;
        payments.add(payment(rows));
      }
      if (!payments.isEmpty()) {
        taker.take(new Key(payments, known.getOrDefault(current, List.of())));
      }
    }
  }

  private static String paymentsWithVectors(List<Path> judged) {
    return "SELECT "
        + EventRows.columns(PAYMENT, "payments.")
        + ", entityKey, featureDigest, late, judged.\"values\", judged.sequences FROM payments"
        + " LEFT JOIN served USING (transactionId)"
        + " LEFT JOIN (SELECT topicPartition, topicOffset, \"values\", sequences FROM (FROM "
        + EventRows.files(judged)
        // Files of before there were sequences lack the column.
        + " UNION ALL BY NAME (SELECT []::FLOAT[][] AS sequences LIMIT 0))"
        + " WHERE transactionId IN (SELECT transactionId FROM payments)) AS judged"
        + " ON judged.topicPartition = served.topicPartition"
        + " AND judged.topicOffset = served.topicOffset"
        + " ORDER BY entityKey";
  }

  private Map<String, List<Label>> labels(List<Path> files) throws SQLException {
    Map<String, List<Label>> byKey = new HashMap<>();
    String known =
        "SELECT "
            + EventRows.columns(LABEL, "labels.")
            + ", entityKey FROM "
            + EventRows.files(files)
            + " AS labels JOIN payments ON labels.transactionId = payments.transactionId"
            + " ORDER BY labels.topicPartition, labels.topicOffset";
    try (ResultSet rows = statement.executeQuery(known)) {
      while (rows.next()) {
        byKey
            .computeIfAbsent(rows.getString("entityKey"), key -> new ArrayList<>())
            .add(EventRows.event(rows, Label.class, LABEL));
      }
    }
    return byKey;
  }

  private static ServedPayment payment(ResultSet row) throws SQLException {
    String digest = row.getString("featureDigest");
    ServedPayment.@Nullable Vector vector =
        digest == null
            ? null
            : new ServedPayment.Vector(
                digest,
                row.getBoolean("late"),
                values(row),
                EventRows.lists(row.getArray("sequences")));
    return new ServedPayment(EventRows.event(row, Transaction.class, PAYMENT), vector);
  }

  private static float @Nullable [] values(ResultSet row) throws SQLException {
    java.sql.Array array = row.getArray("values");
    if (array == null) {
      return null;
    }
    Object[] boxed = (Object[]) array.getArray();
    float[] values = new float[boxed.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Float) boxed[i];
    }
    return values;
  }

  /** Ends what the reader is at with an exception, if it is at anything; from any thread. */
  void cancel() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has closed in the meantime.
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
