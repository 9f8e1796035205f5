package dev.tidegate.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.SampleReasons;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.Position;
import dev.tidegate.console.log.Unreadable;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReasonStoreIT {
  private static final long END = 1_772_366_400_000L; // 2026-03-01T12:00:00Z
  private static final List<Alert> ALERTS = new SampleAlerts(5, END).take(4);
  private static TestDatabase databases;

  private HikariDataSource database;
  private ReasonStore store;

  @BeforeAll
  static void startServer() {
    databases = new TestDatabase();
  }

  @AfterAll
  static void stopServer() {
    databases.close();
  }

  @BeforeEach
  void openDatabase() {
    database = TestDatabase.open(databases.create());
    store = new ReasonStore(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void shouldGiveBackReasonsWhetherTheirAlertIsThereOrNot() {
    AlertReasons early = reasons(0, "1", END);

    assertThat(store.accept(LogBatch.of(List.of(early)))).isEqualTo(1);
    assertThat(store.of(early.getAlertId())).contains(early);
    new AlertStore(database).accept(LogBatch.of(ALERTS));

    assertThat(store.of(early.getAlertId())).contains(early);
    assertThat(store.of(ALERTS.get(1).getAlertId())).isEmpty();
    assertThat(store.of("no\0such")).isEmpty();
  }

  @Test
  void shouldLetTheReasonsExplainedLastStandInWhateverOrderTheyCome() {
    AlertReasons old = reasons(0, "1", END);
    AlertReasons newer = reasons(0, "2", END + 5);

    assertThat(store.accept(LogBatch.of(List.of(old)))).isEqualTo(1);
    assertThat(store.accept(LogBatch.of(List.of(newer)))).isEqualTo(1);
    assertThat(store.accept(LogBatch.of(List.of(old)))).isZero();
    assertThat(store.of(old.getAlertId())).contains(newer);

    AlertReasons[] other = {reasons(1, "3", END + 9), reasons(1, "1", END), reasons(1, "2", END)};
    assertThat(store.accept(LogBatch.of(List.of(other)))).isEqualTo(1);
    assertThat(store.of(other[0].getAlertId())).contains(other[0]);
  }

  @Test
  void shouldLetTheLastOfOneMomentStandAndTellNothingOfARepetition() {
    AlertReasons first = reasons(0, "1", END);
    AlertReasons sameMoment = reasons(0, "2", END);
    store.accept(LogBatch.of(List.of(first)));
    long seen = store.newest();

    assertThat(store.accept(LogBatch.of(List.of(first, first)))).isZero();
    assertThat(store.between(seen, store.newest(), 9)).isEmpty();
    assertThat(store.accept(LogBatch.of(List.of(sameMoment)))).isEqualTo(1);
    assertThat(store.of(first.getAlertId())).contains(sameMoment);
    assertThat(store.between(seen, store.newest(), 9)).containsExactly(first.getAlertId());
  }

  @Test
  void shouldTellWhoseReasonsCameAfterAMoment() {
    assertThat(store.newest()).isZero();
    store.accept(LogBatch.of(List.of(reasons(0, "1", END), reasons(1, "1", END))));
    long seen = store.newest();
    store.accept(LogBatch.of(List.of(reasons(2, "1", END), reasons(0, "2", END + 1))));
    long until = store.newest();
    store.accept(LogBatch.of(List.of(reasons(3, "1", END))));

    assertThat(store.between(seen, until, 9)).containsExactly(id(2), id(0));
    assertThat(store.between(0, until, 9)).containsExactly(id(1), id(2), id(0));
    assertThat(store.between(0, until, 1)).containsExactly(id(1));
  }

  @Test
  void shouldStorePositionsWithTheReasonsOrNeither() throws SQLException {
    store.accept(
        new LogBatch<>(List.of(reasons(0, "1", END)), List.of(new Position("r", 0, 3)), List.of()));
    execute("alter table intake_position add check (next_offset < 100)");
    LogBatch<AlertReasons> refused =
        new LogBatch<>(
            List.of(reasons(0, "2", END + 1), reasons(1, "1", END)),
            List.of(new Position("r", 0, 100)),
            List.of());

    assertThatThrownBy(() -> store.accept(refused))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("reasons of alerts could not be stored");

    assertThat(store.of(id(0))).contains(reasons(0, "1", END));
    assertThat(store.of(id(1))).isEmpty();
    assertThat(store.positions("r")).isEqualTo(Map.of(0, 3L));
  }

  @Test
  void shouldKeepWhatIsNoReasonsWhereAlertsThatAreNoneAreKept() throws SQLException {
    Unreadable broken = new Unreadable("r", 3, 17, "no value");
    store.accept(new LogBatch<>(List.of(), List.of(new Position("r", 3, 18)), List.of(broken)));

    assertThat(ask("select count(*) from intake_unreadable where topic_id = 'r'")).isEqualTo(1);
    assertThat(store.positions("r")).isEqualTo(Map.of(3, 18L));
  }

  @Test
  void shouldStoreWhateverTextAndNumbersReasonsBring() {
    AlertReason odd =
        AlertReason.newBuilder(reasons(0, "1", END).getReasons().get(0))
            .setValue(Float.NaN)
            .setLogOdds(Double.NEGATIVE_INFINITY)
            .setEnglish("zero\0 quote' \\u0000 " + "x".repeat(20_000))
            .setChinese("")
            .build();
    AlertReasons reasons =
        AlertReasons.newBuilder(reasons(0, "1", Long.MIN_VALUE))
            .setAlertId("a\0b")
            .setExpectedMargin(Double.NaN)
            .setReasons(List.of(odd))
            .build();

    assertThat(store.accept(LogBatch.of(List.of(reasons)))).isEqualTo(1);

    AlertReasons stored = store.of("a\uFFFDb").orElseThrow();
    assertThat(stored.getExpectedMargin()).isNaN();
    assertThat(stored.getReasons().get(0).getValue()).isNaN();
    assertThat(stored.getReasons().get(0).getLogOdds()).isNaN();
    assertThat(stored.getReasons().get(0).getEnglish()).startsWith("zero\uFFFD quote' \\u0000");
  }

  @Test
  void shouldAddTheTableToADatabaseOfBeforeItWasThere() throws SQLException {
    execute("drop table alert_reasons, pattern_alert, entity_member, entity_link");
    execute("delete from migration where version > 1");

    Migrations.apply(database);

    assertThat(store.accept(LogBatch.of(List.of(reasons(0, "1", END))))).isEqualTo(1);
    assertThat(ask("select max(version) from migration")).isEqualTo(Migrations.newest());
  }

  private static AlertReasons reasons(int alert, String table, long explainedAtMs) {
    return SampleReasons.of(ALERTS.get(alert), table, explainedAtMs);
  }

  private static String id(int alert) {
    return ALERTS.get(alert).getAlertId();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long ask(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
