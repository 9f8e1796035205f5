package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.Position;
import dev.tidegate.console.log.Unreadable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What all topics have in common: a batch's events, the positions after them and what could not be
 * read are stored in one transaction. Writers of events take turns (an advisory lock), so that the
 * order of a {@code seq} is the order of visibility: a reader who has seen one never misses a
 * smaller one that appears later. Thread safe.
 */
final class IntakeLedger {
  /** The lock of who writes events that others hear of. */
  static final long LOCK = 7_468_002L;

  private static final String UPSERT_POSITION =
      """
      insert into intake_position (topic_id, partition, next_offset) values (?, ?, ?)
      on conflict (topic_id, partition) do update set next_offset = excluded.next_offset
      """;

  private static final String INSERT_UNREADABLE =
      """
      insert into intake_unreadable (topic_id, partition, log_offset, reason) values (?, ?, ?, ?)
      on conflict do nothing
      """;

  private final DataSource database;
  private final String events;
  private final String insert;

  /**
   * A ledger of a topic.
   *
   * @param events what the topic carries, in words, for what is said of a failure
   * @param insert statement that takes all events as one JSON array and tells how many changed what
   *     is stored
   */
  IntakeLedger(DataSource database, String events, String insert) {
    this.database = database;
    this.events = events;
    this.insert = insert;
  }

  /**
   * Stores a batch whose events are these.
   *
   * @return what the statement told; 0 without events
   * @throws StoreException if the database failed; nothing of the batch is stored then
   */
  int accept(LogBatch<?> batch, ArrayNode json) {
    return accept(batch, connection -> json.isEmpty() ? 0 : saveEvents(connection, json));
  }

  /** Stores the events of a batch within the transaction that stores its positions. */
  interface Saving {
    /** Tells how many events changed what is stored. */
    int save(Connection connection) throws SQLException;
  }

  /**
   * Stores a batch whose events are stored so.
   *
   * @return what the saving told
   * @throws StoreException if the database failed; nothing of the batch is stored then
   */
  int accept(LogBatch<?> batch, Saving saving) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int changed = saving.save(connection);
      savePositions(connection, batch.positions());
      saveUnreadable(connection, batch.unreadable());
      connection.commit();
      return changed;
    } catch (SQLException e) {
      throw new StoreException(events + " could not be stored", e);
    }
  }

  /** Next offset by partition of a topic; a partition never read is absent. */
  Map<Integer, Long> positions(String topicId) {
    Map<Integer, Long> positions = new HashMap<>();
    Rows.ask(
        database,
        "log positions",
        "select partition, next_offset from intake_position where topic_id = ?",
        List.of(topicId),
        row -> positions.put(row.getInt(1), row.getLong(2)));
    return positions;
  }

  /** Lets no other writer that takes this lock write until the transaction ends. */
  static void lock(Connection connection, long number) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, number);
      lock.execute();
    }
  }

  private int saveEvents(Connection connection, ArrayNode json) throws SQLException {
    lock(connection, LOCK);
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, json.toString());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static void savePositions(Connection connection, List<Position> positions)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT_POSITION)) {
      for (Position position : positions) {
        upsert.setString(1, position.topicId());
        upsert.setInt(2, position.partition());
        upsert.setLong(3, position.next());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void saveUnreadable(Connection connection, List<Unreadable> unreadable)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_UNREADABLE)) {
      for (Unreadable one : unreadable) {
        insert.setString(1, one.topicId());
        insert.setInt(2, one.partition());
        insert.setLong(3, one.offset());
        insert.setString(4, one.reason());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
