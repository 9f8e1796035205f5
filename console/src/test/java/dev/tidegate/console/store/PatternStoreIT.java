package dev.tidegate.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SamplePatterns;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatternStoreIT {
  private static final long NOW = 1_790_000_000_000L;
  private static TestDatabase databases;

  private final SamplePatterns samples = new SamplePatterns(3, NOW);
  private HikariDataSource database;
  private PatternStore store;
  private AlertQueries queries;

  @BeforeAll
  static void start() {
    databases = new TestDatabase();
  }

  @AfterAll
  static void stop() {
    databases.close();
  }

  @BeforeEach
  void open() {
    database = TestDatabase.open(databases.create());
    store = new PatternStore(database);
    queries = new AlertQueries(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private int accept(PatternAlert... alerts) {
    return store.accept(LogBatch.of(List.of(alerts)));
  }

  private List<StoredAlert> queue() {
    return queries.page(AlertFilter.none(), null, 50).alerts();
  }

  @Test
  void shouldStandInTheQueueOnceWhateverIsReadAgain() {
    List<PatternAlert> each = samples.each();
    assertThat(store.accept(LogBatch.of(each))).isEqualTo(6);
    assertThat(store.accept(LogBatch.of(each))).isZero();

    assertThat(queue()).hasSize(6);
    assertThat(queries.counts(LocalDate.ofEpochDay(0)).total()).isEqualTo(6);
    for (PatternAlert one : each) {
      assertThat(store.of(one.getAlertId())).contains(one);
      Alert alert = queries.byId(one.getAlertId()).orElseThrow().alert();
      assertThat(alert.getLane()).isEqualTo(Lane.AML);
      assertThat(alert.getRules()).containsExactly("pattern:" + one.getPattern());
      assertThat(alert.getTransaction().getTransactionId()).isEqualTo(one.getOpenedBy());
      assertThat(alert.getTransaction().getAmountMinor())
          .isEqualTo(one.getEvidencePayments().get(0).getAmountMinor());
    }
  }

  @Test
  void shouldGrowInPlaceAndKeepWhenItCame() {
    PatternAlert first = samples.of(LaunderingPattern.FAN_IN, 1, 6);
    PatternAlert grown =
        PatternAlert.newBuilder(samples.of(LaunderingPattern.FAN_IN, 4, 12))
            .setIngestedAtMs(NOW + 999)
            .build();
    accept(first);
    StoredAlert before = queue().get(0);
    long changes = store.newest();

    assertThat(accept(grown)).isEqualTo(1);

    StoredAlert after = queue().get(0);
    assertThat(queue()).hasSize(1);
    assertThat(after.seq()).isEqualTo(before.seq());
    assertThat(after.alert().getCreatedAtMs()).isEqualTo(first.getIngestedAtMs());
    assertThat(after.alert().getScore()).isEqualTo(grown.getScore());
    assertThat(store.of(first.getAlertId())).contains(grown);
    assertThat(queries.counts(LocalDate.ofEpochDay(0)).total()).isEqualTo(1);
    assertThat(store.between(changes, store.newest(), 9)).containsExactly(first.getAlertId());
  }

  @Test
  void shouldPassOverAnOlderVersion() {
    PatternAlert grown = samples.of(LaunderingPattern.CYCLE, 3, 5);
    accept(grown);
    assertThat(accept(samples.of(LaunderingPattern.CYCLE, 2, 4))).isZero();
    assertThat(store.of(grown.getAlertId())).contains(grown);
  }

  @Test
  void shouldKeepTheNewestOfABatch() {
    PatternAlert grown = samples.of(LaunderingPattern.CYCLE, 3, 5);
    assertThat(
            accept(
                samples.of(LaunderingPattern.CYCLE, 1, 3),
                grown,
                samples.of(LaunderingPattern.CYCLE, 2, 4)))
        .isEqualTo(1);
    assertThat(store.of(grown.getAlertId())).contains(grown);
  }

  @Test
  void shouldBeFoundByAnyAccountOfItsPath() {
    PatternAlert chain = samples.of(LaunderingPattern.PASS_THROUGH, 1, 6);
    accept(chain, samples.of(LaunderingPattern.CYCLE, 1, 5));
    String middle = chain.getEvidenceAccounts().get(3).getAccount();
    assertThat(queries.page(AlertFilter.parse(middle, null), null, 9).alerts())
        .extracting(stored -> stored.alert().getAlertId())
        .containsExactly(chain.getAlertId());
    assertThat(queries.page(AlertFilter.parse("pass through", null), null, 9).alerts()).hasSize(1);
  }
}
