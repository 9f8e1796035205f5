package dev.tidegate.app.offline;

import dev.tidegate.features.DifferenceJudge.Content;
import dev.tidegate.features.DifferenceJudge.Pair;
import dev.tidegate.features.DifferenceJudge.Past;
import dev.tidegate.features.DifferenceJudge.Span;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors that a history holds beside those computed again from its payments, and what the
 * history knows of their entities' past. Everything is asked of DuckDB, which sorts more than
 * memory holds. Makes temporary tables; for one use.
 */
final class ServedAgain {
  private final Connection database;
  private final Tables tables;
  private final List<Entity> entities;
  private final String live;

  /**
   * Files that belong together.
   *
   * @param served files of vectors in the history, not empty
   * @param again files of vectors that were computed again, not empty
   * @param payments files of payments that they were computed from
   * @param labels files of labels
   */
  record Tables(List<Path> served, List<Path> again, List<Path> payments, List<Path> labels) {}

  /** Takes payments whose vectors are not the same, the oldest first. */
  interface Taker {
    /**
     * Takes one.
     *
     * @param pasts of the catalogue's entities, in their order
     */
    void take(String transactionId, Pair pair, List<Past> pasts);
  }

  ServedAgain(Connection database, Catalogue catalogue, Tables tables) throws SQLException {
    this.database = database;
    this.tables = tables;
    this.entities = List.copyOf(catalogue.entities());
    String digest = EventRows.quoted(catalogue.digest());
    // Old files lack columns that came later.
    String served =
        "(FROM "
            + EventRows.files(tables.served)
            + " UNION ALL BY NAME (FROM "
            + again()
            + "LIMIT 0))";
    String inOrder = "(NOT late AND featureDigest = " + digest + ")";
    execute(
        "CREATE TEMP TABLE answered AS SELECT transactionId, eventTime, "
            + inOrder
            + " AS inOrder, bool_or(late) OVER (PARTITION BY transactionId) AS repeated FROM "
            + served
            + EventRows.FIRSTS);
    this.live = "(SELECT * FROM " + served + " WHERE " + inOrder + EventRows.FIRSTS + ") AS live";
  }

  private String again() {
    return EventRows.files(tables.again) + " ";
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many payments have a vector of the catalogue on both sides, not late. */
  long count() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*) FROM "
                    + live
                    + " SEMI JOIN "
                    + again()
                    + "USING (transactionId)")) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Keeps those that are not equal bit for bit, and says how many they are. */
  long keepDifferent() throws SQLException {
    execute(
        "CREATE TEMP TABLE differing AS SELECT transactionId FROM "
            + live
            + " JOIN "
            + again()
            + "AS again USING (transactionId)"
            + " WHERE live.values IS DISTINCT FROM again.values"
            + " OR (len(live.sequences) > 0"
            + " AND live.sequences IS DISTINCT FROM again.sequences)");
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM differing")) {
      found.next();
      return found.getLong(1);
    }
  }

  /** Of which time all payments are there, as far as the vectors tell. */
  Span span() throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet found =
            statement.executeQuery(
                "WITH begin AS (SELECT min(eventTime) AS t FROM payments) SELECT ("
                    + ArchivedKeys.wholeness(tables.served)
                    + ") AND (SELECT min(eventTime) FROM answered) >= begin.t,"
                    + " epoch_ms(date_trunc('day', begin.t) + INTERVAL 1 DAY), epoch_ms((SELECT"
                    + " min(eventTime) FROM answered ANTI JOIN payments USING (transactionId)"
                    + " WHERE eventTime >= begin.t)) FROM begin")) {
      found.next();
      long fromMs = found.getBoolean(1) ? Long.MIN_VALUE : found.getLong(2);
      long untilMs = found.getLong(3);
      return new Span(fromMs, found.wasNull() ? Long.MAX_VALUE : untilMs);
    }
  }

  /** Learns the past of each entity of the payments that were kept. */
  void learn() throws SQLException {
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < entities.size(); i++) {
      keys.append(", ").append(EntityKeys.sql(entities.get(i))).append(" AS key").append(i);
    }
    String labelled =
        tables.labels.isEmpty()
            ? "false"
            : "transactionId IN (SELECT transactionId FROM " + EventRows.files(tables.labels) + ")";
    execute(
        "CREATE TEMP TABLE payments AS SELECT transactionId, paid.eventTime"
            + keys
            + ", coalesce(inOrder, false) AS inOrder, coalesce(repeated, false) AS repeated, "
            + labelled
            + " AS labelled FROM (SELECT * FROM "
            + EventRows.files(tables.payments)
            + EventRows.FIRSTS
            + ") AS paid LEFT JOIN answered USING (transactionId)");
    for (int i = 0; i < entities.size(); i++) {
      execute("CREATE TEMP TABLE past" + i + " AS " + past("key" + i));
    }
  }

  private static String past(String key) {
    String upTo =
        " OVER (PARTITION BY "
            + key
            + " ORDER BY eventTime RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)";
    return "SELECT * FROM (SELECT transactionId, epoch_ms(max(CASE WHEN NOT inOrder THEN eventTime"
        + " END)"
        + upTo
        + ") AS unsure, bool_or(repeated)"
        + upTo
        + " AS repeated, bool_or(labelled)"
        + upTo
        + " AS labelled FROM payments WHERE "
        + key
        + " IN (SELECT "
        + key
        + " FROM payments SEMI JOIN differing USING (transactionId)))"
        + " SEMI JOIN differing USING (transactionId)";
  }

  /** Hands out those that were kept. */
  void each(Taker taker) throws SQLException {
    StringBuilder columns = new StringBuilder();
    StringBuilder joins = new StringBuilder();
    for (int i = 0; i < entities.size(); i++) {
      String past = "past" + i;
      columns
          .append(", ")
          .append(String.join(", ", past + ".unsure", past + ".repeated", past + ".labelled"));
      joins.append(" LEFT JOIN ").append(past).append(" USING (transactionId)");
    }
    String rows =
        "SELECT transactionId, epoch_ms(live.eventTime), live.approximate OR again.approximate,"
            + " live.values, live.sequences, again.values, again.sequences"
            + columns
            + " FROM "
            + live
            + " SEMI JOIN differing USING (transactionId) JOIN "
            + again()
            + "AS again USING (transactionId)"
            + joins
            + " ORDER BY live.eventTime, transactionId";
    try (Statement statement = database.createStatement();
        ResultSet found = statement.executeQuery(rows)) {
      while (found.next()) {
        take(found, taker);
      }
    }
  }

  private void take(ResultSet row, Taker taker) throws SQLException {
    Pair pair = new Pair(row.getLong(2), row.getBoolean(3), content(row, 4), content(row, 6));
    List<Past> pasts = new ArrayList<>();
    for (int i = 0; i < entities.size(); i++) {
      int column = 8 + 3 * i;
      long unsureMs = row.getLong(column);
      pasts.add(
          new Past(
              row.wasNull() ? Past.SURE : unsureMs,
              row.getBoolean(column + 1),
              row.getBoolean(column + 2)));
    }
    taker.take(row.getString(1), pair, pasts);
  }

  private static Content content(ResultSet row, int column) throws SQLException {
    return new Content(
        EventRows.floats(row.getArray(column)), EventRows.lists(row.getArray(column + 1)));
  }
}
