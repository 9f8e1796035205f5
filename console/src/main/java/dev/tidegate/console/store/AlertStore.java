package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import dev.tidegate.schemas.event.Alert;
import java.util.Comparator;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Writes alerts. Alerts, counts and log positions change in one transaction, and an alert that is
 * stored already is passed over, so a record that is read twice leaves one row. Thread safe.
 */
public final class AlertStore implements LogStore<Alert> {
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

  private final IntakeLedger ledger;

  /** Takes a database that {@link Migrations} has prepared. */
  public AlertStore(DataSource database) {
    this.ledger = new IntakeLedger(database, "alerts", INSERT_ALERTS);
  }

  /**
   * Stores a batch, in the order of the alerts' creation.
   *
   * @return how many alerts were new
   * @throws StoreException if the database failed; nothing of the batch is stored then
   */
  @Override
  public int accept(LogBatch<Alert> batch) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    batch.events().stream().sorted(BY_CREATION).map(AlertJson::write).forEach(json::add);
    return ledger.accept(batch, json);
  }

  @Override
  public Map<Integer, Long> positions(String topicId) {
    return ledger.positions(topicId);
  }
}
