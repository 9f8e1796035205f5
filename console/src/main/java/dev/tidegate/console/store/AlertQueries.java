package dev.tidegate.console.store;

import dev.tidegate.schemas.event.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads alerts. Every question but a free-text search walks an index and costs as much as the rows
 * it returns; a free-text search looks through alerts from the newest until a page is full. Thread
 * safe. Every method throws {@link StoreException} if the database failed.
 */
public final class AlertQueries {
  private static final String ROWS = "select seq, detail::text from alert";

  private final DataSource database;

  /** Takes a database that {@link Migrations} has prepared. */
  public AlertQueries(DataSource database) {
    this.database = database;
  }

  /**
   * A page of alerts, newest first.
   *
   * @param before only alerts that arrived before the one with this {@code seq}; null for the
   *     newest
   * @param limit at most so many, from 1
   */
  public AlertPage page(AlertFilter filter, @Nullable Long before, int limit) {
    Where where = Where.of(filter);
    if (before != null) {
      where.and("seq < ?", before);
    }
    List<StoredAlert> rows = select(where, "order by seq desc", limit + 1);
    if (rows.size() <= limit) {
      return new AlertPage(rows, OptionalLong.empty());
    }
    List<StoredAlert> shown = rows.subList(0, limit);
    return new AlertPage(shown, OptionalLong.of(shown.get(limit - 1).seq()));
  }

  /**
   * Alerts that arrived after one {@code seq} and not after another, oldest first.
   *
   * @param limit at most so many, from 1
   */
  public List<StoredAlert> between(AlertFilter filter, long after, long until, int limit) {
    Where where = Where.of(filter).and("seq > ?", after).and("seq <= ?", until);
    return select(where, "order by seq", limit);
  }

  /** The alert with an id. */
  public Optional<StoredAlert> byId(String alertId) {
    return select(new Where().and("alert_id = ?", alertId.replace("\0", "")), "", 1).stream()
        .findFirst();
  }

  /** Other alerts of the same paying account, newest payment first. */
  public List<StoredAlert> sameAccount(StoredAlert alert, int limit) {
    return related("payer_account", alert, limit);
  }

  /** Other alerts with the same payee account, merchant or terminal, newest payment first. */
  public List<StoredAlert> sameCounterparty(StoredAlert alert, int limit) {
    return related("counterparty", alert, limit);
  }

  /** The greatest {@code seq}; 0 if there is no alert. */
  public long newest() {
    return ask("select coalesce(max(seq), 0) from alert", List.of(), row -> row.getLong(1)).get(0);
  }

  /** Counts, with {@code today} a UTC day. */
  public AlertCounts counts(LocalDate today) {
    Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    long[] ofToday = new long[1];
    ask(
        "select outcome, sum(alerts), sum(alerts) filter (where day = ?) from alert_day group by 1",
        List.of(today.toEpochDay()),
        row -> {
          ofToday[0] += row.getLong(3);
          return byOutcome.put(Outcome.valueOf(row.getString(1)), row.getLong(2));
        });
    long total = byOutcome.values().stream().mapToLong(Long::longValue).sum();
    return new AlertCounts(total, ofToday[0], byOutcome);
  }

  private List<StoredAlert> related(String column, StoredAlert alert, int limit) {
    String sql =
        ROWS
            + " where "
            + column
            + " = (select same."
            + column
            + " from alert same where same.seq = ?) and seq <> ?"
            + " order by event_time_ms desc, seq desc limit ?";
    return ask(sql, List.of(alert.seq(), alert.seq(), limit), AlertQueries::stored);
  }

  private List<StoredAlert> select(Where where, String order, int limit) {
    List<Object> values = new ArrayList<>(where.values);
    values.add(limit);
    return ask(ROWS + where.sql() + " " + order + " limit ?", values, AlertQueries::stored);
  }

  private static StoredAlert stored(ResultSet row) throws SQLException {
    return new StoredAlert(row.getLong(1), AlertJson.read(row.getString(2)));
  }

  private <T extends @Nullable Object> List<T> ask(
      String sql, List<?> values, Rows.Reader<T> reader) {
    return Rows.ask(database, "alerts", sql, values, reader);
  }

  /** Conditions and their values. */
  private static final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    static Where of(AlertFilter filter) {
      Where where = new Where();
      if (filter.outcome() != null) {
        where.and("outcome = ?", filter.outcome().name());
      }
      return switch (filter.kind()) {
        case ANY -> where;
        case CONTAINS -> where.and("haystack like ?", pattern(filter.text()));
        case ACCOUNT -> where.and("payer_account = left(?, 256)", filter.text());
        case COUNTERPARTY -> where.and("counterparty = left(?, 256)", filter.text());
      };
    }

    Where and(String condition, Object value) {
      conditions.add(condition);
      values.add(value);
      return this;
    }

    String sql() {
      return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static String pattern(String text) {
      String literal =
          text.toLowerCase(Locale.ROOT)
              .replace("\\", "\\\\")
              .replace("%", "\\%")
              .replace("_", "\\_");
      return "%" + literal + "%";
    }
  }
}
