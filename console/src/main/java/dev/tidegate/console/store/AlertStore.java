package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidegate.schemas.event.Alert;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Writes alerts. Alerts, counts and log positions change in one transaction, and an alert that is
 * stored already is passed over, so a record that is read twice leaves one row. Writers take turns
 * (an advisory lock), so that the order of {@code seq} is the order of visibility: a reader who has
 * seen one alert never misses an older one that appears later. Thread safe.
 */
public final class AlertStore {
  /** Longest alert id taken, in characters; the platform's own have 32. */
  public static final int LONGEST_ID = 200;

  /** Any number: names the lock of the writers. */
  private static final long LOCK = 7_468_002L;

  private static final Comparator<Alert> BY_CREATION =
      Comparator.comparingLong(Alert::getCreatedAtMs).thenComparing(Alert::getAlertId);

  private static final String INSERT_ALERTS =
      """
      with arrived as (
        insert into alert (alert_id, lane, outcome, score, threshold, release, event_time_ms,
            created_at_ms, transaction_id, payer_account, counterparty, haystack, detail)
        select a->>'alertId', a->>'lane', a->>'outcome', (a->>'score')::float8,
            (a->>'threshold')::float8, a->>'release', (t->>'eventTimeMs')::bigint,
            (a->>'createdAtMs')::bigint, t->>'transactionId', left(t->>'payerAccount', 256),
            left(coalesce(t->>'payeeAccount', t->>'merchantId', t->>'terminalId'), 256),
            lower(concat_ws(' ', a->>'alertId', t->>'transactionId', t->>'payerAccount',
                t->>'payeeAccount', t->>'customerId', t->>'merchantId', t->>'terminalId',
                t->>'merchantCategory', t->>'deviceId', t->>'ipAddress', t->>'payerCountry',
                t->>'payeeCountry', t->>'channel', t->>'cardLastFour', t->>'currency',
                a->>'release', a->>'lane', t->>'amountMinor')),
            a
        from (select a, a->'transaction' as t, place
            from jsonb_array_elements(?::jsonb) with ordinality as arriving(a, place)) as arriving
        order by place
        on conflict (alert_id) do nothing
        returning created_at_ms, outcome),
      counted as (
        insert into alert_day (day, outcome, alerts)
        select floor(created_at_ms / 86400000.0)::bigint, outcome, count(*)
        from arrived group by 1, 2
        on conflict (day, outcome) do update set alerts = alert_day.alerts + excluded.alerts)
      select count(*) from arrived
      """;

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

  /** Takes a database that {@link Migrations} has prepared. */
  public AlertStore(DataSource database) {
    this.database = database;
  }

  /**
   * Stores a batch, in the order of the alerts' creation.
   *
   * @return how many alerts were new
   * @throws StoreException if the database failed; nothing of the batch is stored then
   */
  public int accept(AlertBatch batch) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int stored = batch.alerts().isEmpty() ? 0 : insertAlerts(connection, batch.alerts());
      savePositions(connection, batch.positions());
      saveUnreadable(connection, batch.unreadable());
      connection.commit();
      return stored;
    } catch (SQLException e) {
      throw new StoreException("alerts could not be stored", e);
    }
  }

  /**
   * Where to go on reading a topic.
   *
   * @return next offset by partition; a partition never read is absent
   * @throws StoreException if the database failed
   */
  public Map<Integer, Long> positions(String topicId) {
    String sql = "select partition, next_offset from intake_position where topic_id = ?";
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, topicId);
      Map<Integer, Long> positions = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          positions.put(row.getInt(1), row.getLong(2));
        }
      }
      return positions;
    } catch (SQLException e) {
      throw new StoreException("log positions could not be read", e);
    }
  }

  private static int insertAlerts(Connection connection, List<Alert> alerts) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode(alerts.size());
    alerts.stream().sorted(BY_CREATION).map(AlertJson::write).forEach(array::add);
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ALERTS)) {
      insert.setString(1, array.toString());
      try (ResultSet row = insert.executeQuery()) {
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
