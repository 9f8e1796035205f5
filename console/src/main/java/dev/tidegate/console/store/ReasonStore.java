package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import dev.tidegate.schemas.event.AlertReasons;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Reasons by their alert's id, whether the alert is stored yet or not. Of reasons for the same
 * alert those explained last stand; of those explained at the same moment, those that came last. So
 * a console that lags behind another on the same database does not bring old reasons back, and a
 * record that is read twice changes nothing. Thread safe. Every method throws {@link
 * StoreException} if the database failed.
 */
public final class ReasonStore implements LogStore<AlertReasons> {
  private static final String SUBJECT = "reasons of alerts";

  private static final String UPSERT =
      """
      with arrived as (
        insert into alert_reasons as known (alert_id, release, table_version, explained_at_ms,
            detail)
        select r->>'alertId', r->>'release', r->>'tableVersion', (r->>'explainedAtMs')::bigint, r
        from jsonb_array_elements(?::jsonb) with ordinality as arriving(r, place)
        order by place
        on conflict (alert_id) do update set seq = excluded.seq, release = excluded.release,
            table_version = excluded.table_version, explained_at_ms = excluded.explained_at_ms,
            detail = excluded.detail
        where excluded.explained_at_ms > known.explained_at_ms
            or (excluded.explained_at_ms = known.explained_at_ms
                and excluded.detail <> known.detail)
        returning 1)
      select count(*) from arrived
      """;

  private final DataSource database;
  private final IntakeLedger ledger;

  /** Takes a database that {@link Migrations} has prepared. */
  public ReasonStore(DataSource database) {
    this.database = database;
    this.ledger = new IntakeLedger(database, SUBJECT, UPSERT);
  }

  @Override
  public int accept(LogBatch<AlertReasons> batch) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    newest(batch.events()).stream().map(EventJson::write).forEach(json::add);
    return ledger.accept(batch, json);
  }

  @Override
  public Map<Integer, Long> positions(String topicId) {
    return ledger.positions(topicId);
  }

  /** The reasons of an alert; empty while none have come. */
  public Optional<AlertReasons> of(String alertId) {
    return Rows.ask(
            database,
            SUBJECT,
            "select detail::text from alert_reasons where alert_id = ?",
            List.of(alertId.replace("\0", "")),
            row -> EventJson.read(row.getString(1), AlertReasons.class))
        .stream()
        .findFirst();
  }

  /** The greatest {@code seq} of a change of reasons; 0 if there are none. */
  public long newest() {
    String sql = "select coalesce(max(seq), 0) from alert_reasons";
    return Rows.ask(database, SUBJECT, sql, List.of(), row -> row.getLong(1)).get(0);
  }

  /**
   * Ids of alerts whose reasons came after one {@code seq} and not after another, in that order.
   *
   * @param limit at most so many, from 1
   */
  public List<String> between(long after, long until, int limit) {
    return Rows.ask(
        database,
        SUBJECT,
        "select alert_id from alert_reasons where seq > ? and seq <= ? order by seq limit ?",
        List.of(after, until, limit),
        row -> row.getString(1));
  }

  /** One of each alert: a statement may change a row only once. */
  private static Collection<AlertReasons> newest(List<AlertReasons> reasons) {
    Map<String, AlertReasons> byAlert = new LinkedHashMap<>();
    for (AlertReasons one : reasons) {
      byAlert.merge(EventJson.clean(one.getAlertId()), one, ReasonStore::later);
    }
    return byAlert.values();
  }

  private static AlertReasons later(AlertReasons known, AlertReasons arrived) {
    return arrived.getExplainedAtMs() >= known.getExplainedAtMs() ? arrived : known;
  }
}
