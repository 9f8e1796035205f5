package dev.tidegate.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.Position;
import dev.tidegate.console.log.Unreadable;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertStoreIT {
  private static final long END = 1_772_366_400_000L; // 2026-03-01T12:00:00Z
  private static TestDatabase databases;

  private String jdbcUrl;
  private HikariDataSource database;
  private AlertStore store;
  private AlertQueries queries;

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
    jdbcUrl = databases.create();
    database = TestDatabase.open(jdbcUrl);
    store = new AlertStore(database);
    queries = new AlertQueries(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void shouldStoreAnAlertOnceHoweverOftenItComes() {
    List<Alert> alerts = new SampleAlerts(5, END).take(20);
    List<Alert> twice = new ArrayList<>(alerts);
    twice.addAll(alerts);

    assertThat(store.accept(LogBatch.of(twice))).isEqualTo(20);
    assertThat(store.accept(LogBatch.of(alerts))).isZero();

    assertThat(page(AlertFilter.none())).hasSize(20);
    assertThat(counts().total()).isEqualTo(20);
  }

  @Test
  void shouldGiveBackAlertsAsTheyWereNewestFirst() {
    List<Alert> alerts = new SampleAlerts(5, END).take(30);
    store.accept(LogBatch.of(alerts));

    List<StoredAlert> stored = page(AlertFilter.none());

    assertThat(stored).extracting(StoredAlert::alert).containsExactlyElementsOf(reversed(alerts));
    Alert first = alerts.get(0);
    assertThat(queries.byId(first.getAlertId()).orElseThrow().alert()).isEqualTo(first);
    assertThat(queries.byId("no\0such")).isEmpty();
  }

  @Test
  void shouldStorePositionsWithTheAlertsOrNeither() throws SQLException {
    List<Alert> alerts = new SampleAlerts(5, END).take(3);
    store.accept(new LogBatch<>(alerts, List.of(new Position("t", 0, 3)), List.of()));
    execute("alter table intake_position add check (next_offset < 100)");

    assertThatThrownBy(
            () ->
                store.accept(
                    new LogBatch<>(
                        List.of(new SampleAlerts(6, END).alert(99, END)),
                        List.of(new Position("t", 0, 100)),
                        List.of())))
        .isInstanceOf(StoreException.class);

    assertThat(page(AlertFilter.none())).hasSize(3);
    assertThat(counts().total()).isEqualTo(3);
    assertThat(store.positions("t")).isEqualTo(Map.of(0, 3L));
  }

  @Test
  void shouldGoOnFromStoredPositionsAfterARestart() {
    List<Alert> log = new SampleAlerts(5, END).take(10);
    store.accept(new LogBatch<>(log.subList(0, 6), List.of(new Position("t", 1, 6)), List.of()));
    database.close();

    database = TestDatabase.open(jdbcUrl);
    AlertStore restarted = new AlertStore(database);
    long next = restarted.positions("t").get(1);
    int from = Math.toIntExact(next) - 2;
    int stored =
        restarted.accept(
            new LogBatch<>(log.subList(from, 10), List.of(new Position("t", 1, 10)), List.of()));

    assertThat(stored).isEqualTo(4);
    assertThat(new AlertQueries(database).page(AlertFilter.none(), null, 50).alerts()).hasSize(10);
    assertThat(restarted.positions("t")).isEqualTo(Map.of(1, 10L));
    assertThat(restarted.positions("made-anew")).isEmpty();
  }

  @Test
  void shouldKeepTheReasonOfWhatIsNoAlert() throws SQLException {
    Unreadable broken = new Unreadable("t", 3, 17, "no value");
    store.accept(new LogBatch<>(List.of(), List.of(new Position("t", 3, 18)), List.of(broken)));
    store.accept(new LogBatch<>(List.of(), List.of(new Position("t", 3, 18)), List.of(broken)));

    assertThat(ask("select count(*) from intake_unreadable where reason = 'no value'"))
        .isEqualTo(1);
    assertThat(store.positions("t")).isEqualTo(Map.of(3, 18L));
  }

  @Test
  void shouldFindAlertsByTextAccountCounterpartyAndOutcome() {
    List<Alert> alerts = new SampleAlerts(5, END).take(60);
    store.accept(LogBatch.of(alerts));
    Transaction payment = alerts.get(30).getTransaction();
    String account = payment.getPayerAccount();

    assertThat(payers(AlertFilter.parse("account:" + account, null))).containsOnly(account);
    assertThat(payers(AlertFilter.parse(account.toLowerCase(java.util.Locale.ROOT), null)))
        .contains(account);
    assertThat(page(AlertFilter.parse("counterparty:Kiosk 114", null)))
        .isNotEmpty()
        .allMatch(alert -> "Kiosk 114".equals(alert.alert().getTransaction().getMerchantId()));
    assertThat(page(AlertFilter.parse("KIOSK", "hold")))
        .allMatch(alert -> alert.alert().getOutcome() == Outcome.HOLD);
    assertThat(page(AlertFilter.parse("%", null))).isEmpty();
    assertThat(page(AlertFilter.parse("'; drop table alert; --", null))).isEmpty();
  }

  @Test
  void shouldWalkAllPagesWithoutGapOrRepetition() {
    List<Alert> alerts = new SampleAlerts(5, END).take(55);
    store.accept(LogBatch.of(alerts));
    List<Alert> seen = new ArrayList<>();
    AlertPage page = queries.page(AlertFilter.none(), null, 10);
    while (true) {
      page.alerts().forEach(alert -> seen.add(alert.alert()));
      if (page.older().isEmpty()) {
        break;
      }
      page = queries.page(AlertFilter.none(), page.older().getAsLong(), 10);
    }

    assertThat(seen).containsExactlyElementsOf(reversed(alerts));
  }

  @Test
  void shouldTellTheOtherAlertsOfAnAccountAndACounterparty() {
    List<Alert> alerts = new SampleAlerts(5, END).take(60);
    store.accept(LogBatch.of(alerts));
    StoredAlert one = page(AlertFilter.none()).get(10);
    String account = one.alert().getTransaction().getPayerAccount();
    long expected =
        alerts.stream()
            .filter(alert -> alert.getTransaction().getPayerAccount().equals(account))
            .count();

    List<StoredAlert> same = queries.sameAccount(one, 60);

    assertThat(same).hasSize(Math.toIntExact(expected) - 1).doesNotContain(one);
    assertThat(same)
        .isSortedAccordingTo(
            java.util.Comparator.comparing(
                    (StoredAlert alert) -> alert.alert().getTransaction().getEventTimeMs())
                .reversed());
    assertThat(queries.sameCounterparty(one, 60)).doesNotContain(one);
  }

  @Test
  void shouldCountByDayAndOutcome() {
    SampleAlerts samples = new SampleAlerts(5, END);
    long day = 86_400_000L;
    store.accept(LogBatch.of(List.of(samples.alert(1, END - day), samples.alert(2, END))));
    store.accept(LogBatch.of(List.of(samples.alert(3, END), samples.alert(2, END))));

    AlertCounts counts = counts();

    assertThat(counts.total()).isEqualTo(3);
    assertThat(counts.today()).isEqualTo(2);
    assertThat(counts.byOutcome().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
  }

  @Test
  void shouldStoreWhateverTextAndNumbersAnAlertBrings() {
    Alert sample = new SampleAlerts(5, END).alert(1, END);
    Transaction odd =
        Transaction.newBuilder(sample.getTransaction())
            .setPayerAccount("x".repeat(20_000))
            .setPayeeAccount(null)
            .setMerchantId("zero\0 quote' \\ emoji \uD83D\uDCB3 lone \uD83D rtl \u202E")
            .setEventTimeMs(Long.MAX_VALUE)
            .build();
    Alert alert =
        Alert.newBuilder(sample)
            .setTransaction(odd)
            .setCreatedAtMs(Long.MIN_VALUE)
            .setScore(Double.NaN)
            .build();

    assertThat(store.accept(LogBatch.of(List.of(alert)))).isEqualTo(1);

    StoredAlert stored = page(AlertFilter.none()).get(0);
    assertThat(stored.alert().getTransaction().getPayerAccount()).hasSize(20_000);
    assertThat(stored.alert().getScore()).isNaN();
    assertThat(queries.sameAccount(stored, 5)).isEmpty();
    assertThat(page(AlertFilter.parse("account:" + "x".repeat(256), null))).hasSize(1);
  }

  @Test
  void shouldAnswerQuicklyOverAHundredThousandAlerts() throws SQLException {
    store.accept(LogBatch.of(new SampleAlerts(5, END).take(1000)));
    multiplyByAHundred();
    StoredAlert newest = page(AlertFilter.none()).get(0);

    assertThat(millis(() -> queries.page(AlertFilter.none(), 50_000L, 60))).isLessThan(500);
    assertThat(millis(() -> queries.page(AlertFilter.parse("account:A-10370-17", null), null, 60)))
        .isLessThan(500);
    assertThat(millis(() -> queries.page(AlertFilter.parse("kiosk", "hold"), null, 60)))
        .isLessThan(1000);
    assertThat(millis(() -> queries.page(AlertFilter.parse("found nowhere", null), null, 60)))
        .isLessThan(3000);
    assertThat(millis(() -> queries.sameCounterparty(newest, 8))).isLessThan(500);
    assertThat(millis(() -> counts())).isLessThan(500);
  }

  /** On a connection of its own: those of the console have a time limit for a statement. */
  private void multiplyByAHundred() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", "");
        Statement statement = connection.createStatement()) {
      connection.setSchema(Migrations.SCHEMA);
      statement.execute("create table first as select * from alert");
      statement.execute(
          """
          insert into alert (alert_id, lane, outcome, score, threshold, release,
              event_time_ms, created_at_ms, transaction_id, payer_account, counterparty,
              haystack, detail)
          select n || alert_id, lane, outcome, score, threshold, release,
              event_time_ms - n * 60000, created_at_ms, transaction_id, payer_account || n,
              counterparty, haystack, detail
          from first, generate_series(1, 100) as n
          """);
      statement.execute("drop table first");
      statement.execute("vacuum analyze alert");
    }
  }

  /** What a question takes at best: of five times that none the machine spent elsewhere. */
  private static long millis(Runnable question) {
    question.run();
    long best = Long.MAX_VALUE;
    for (int n = 0; n < 5; n++) {
      long began = WallClock.nanos();
      question.run();
      best = Math.min(best, (WallClock.nanos() - began) / 1_000_000);
    }
    return best;
  }

  @Test
  void shouldMakeTablesOnceAndRefuseANewerDatabase() throws SQLException {
    Migrations.apply(database);
    assertThat(ask("select count(*) from migration")).isEqualTo(Migrations.newest());
    execute("insert into migration values (99)");

    assertThatThrownBy(() -> Migrations.apply(database))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("start a newer console");
  }

  private List<StoredAlert> page(AlertFilter filter) {
    return queries.page(filter, null, 100).alerts();
  }

  private List<String> payers(AlertFilter filter) {
    return page(filter).stream()
        .map(alert -> alert.alert().getTransaction().getPayerAccount())
        .collect(Collectors.toList());
  }

  private AlertCounts counts() {
    return queries.counts(LocalDate.ofInstant(java.time.Instant.ofEpochMilli(END), ZoneOffset.UTC));
  }

  private static List<Alert> reversed(List<Alert> alerts) {
    List<Alert> reversed = new ArrayList<>(alerts);
    java.util.Collections.reverse(reversed);
    return reversed;
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
