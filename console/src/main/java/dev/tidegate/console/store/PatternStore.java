package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Pattern alerts: each stands once in the queue, as an alert of lane AML about the payment that
 * opened it, and once with its evidence, in its newest version. A later version changes both in
 * place; an earlier or equal one changes nothing. Thread safe. Every method throws {@link
 * StoreException} if the database failed.
 */
public final class PatternStore implements LogStore<PatternAlert> {
  private static final String SUBJECT = "pattern alerts";

  private static final String UPSERT =
      """
      with arriving as (
        select e->'alert' as a, e->'alert'->'transaction' as t, e->'pattern' as p,
            e->>'haystack' as haystack, place
        from jsonb_array_elements(?::jsonb) with ordinality as elements(e, place)),
      told as (
        insert into pattern_alert as known (alert_id, version, pattern, detail)
        select p->>'alertId', (p->>'version')::integer, p->>'pattern', p from arriving
        order by place
        on conflict (alert_id) do update set seq = excluded.seq, version = excluded.version,
            pattern = excluded.pattern, detail = excluded.detail
        where excluded.version > known.version
        returning alert_id),
      stored as (
        insert into alert as known (alert_id, lane, outcome, score, threshold, release,
            event_time_ms, created_at_ms, transaction_id, payer_account, counterparty, haystack,
            detail)
        select a->>'alertId', a->>'lane', a->>'outcome', (a->>'score')::float8,
            (a->>'threshold')::float8, a->>'release', (t->>'eventTimeMs')::bigint,
            (a->>'createdAtMs')::bigint, t->>'transactionId', left(t->>'payerAccount', 256),
            left(t->>'payeeAccount', 256), haystack, a
        from arriving where a->>'alertId' in (select alert_id from told)
        order by place
        on conflict (alert_id) do update set score = excluded.score,
            haystack = excluded.haystack,
            detail = jsonb_set(excluded.detail, '{createdAtMs}', known.detail->'createdAtMs')
        returning created_at_ms, outcome, xmax = 0 as fresh),
      counted as (
        insert into alert_day (day, outcome, alerts)
        select floor(created_at_ms / 86400000.0)::bigint, outcome, count(*)
        from stored where fresh group by 1, 2
        on conflict (day, outcome) do update set alerts = alert_day.alerts + excluded.alerts)
      select count(*) from told
      """;

  private final DataSource database;
  private final IntakeLedger ledger;

  /** Takes a database that {@link Migrations} has prepared. */
  public PatternStore(DataSource database) {
    this.database = database;
    this.ledger = new IntakeLedger(database, SUBJECT, UPSERT);
  }

  /**
   * Stores a batch.
   *
   * @return how many episodes opened, grew or closed
   */
  @Override
  public int accept(LogBatch<PatternAlert> batch) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (PatternAlert one : newest(batch.events())) {
      QueuedPattern queued = new QueuedPattern(one);
      json.addObject()
          .put("haystack", queued.haystack())
          .<ObjectNode>set("alert", AlertJson.write(queued.alert()))
          .set("pattern", EventJson.write(one));
    }
    return ledger.accept(batch, json);
  }

  @Override
  public Map<Integer, Long> positions(String topicId) {
    return ledger.positions(topicId);
  }

  /** The episode of an alert; empty if the alert is of no pattern. */
  public Optional<PatternAlert> of(String alertId) {
    return Rows.ask(
            database,
            SUBJECT,
            "select detail::text from pattern_alert where alert_id = ?",
            List.of(alertId.replace("\0", "")),
            row -> EventJson.read(row.getString(1), PatternAlert.class))
        .stream()
        .findFirst();
  }

  /** The greatest {@code seq} of a change; 0 if there is none. */
  public long newest() {
    String sql = "select coalesce(max(seq), 0) from pattern_alert";
    return Rows.ask(database, SUBJECT, sql, List.of(), row -> row.getLong(1)).get(0);
  }

  /**
   * Ids of alerts that changed after one {@code seq} and not after another, in that order.
   *
   * @param limit at most so many, from 1
   */
  public List<String> between(long after, long until, int limit) {
    return Rows.ask(
        database,
        SUBJECT,
        "select alert_id from pattern_alert where seq > ? and seq <= ? order by seq limit ?",
        List.of(after, until, limit),
        row -> row.getString(1));
  }

  /** One of each alert: a statement may change a row only once. */
  private static Collection<PatternAlert> newest(List<PatternAlert> alerts) {
    Map<String, PatternAlert> byAlert = new LinkedHashMap<>();
    for (PatternAlert one : alerts) {
      byAlert.merge(
          EventJson.clean(one.getAlertId()),
          one,
          (known, arrived) -> arrived.getVersion() >= known.getVersion() ? arrived : known);
    }
    return byAlert.values();
  }
}
