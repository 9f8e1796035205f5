package dev.tidegate.console.store;

import static dev.tidegate.console.SampleClusters.change;
import static dev.tidegate.console.SampleClusters.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.TestDatabase;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.EntityLink;
import dev.tidegate.schemas.event.IdentifierKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is in which cluster, whatever the order in which partitions are read. */
class ClusterStoreIT {
  private static final long T = 1_790_000_000_000L;
  private static TestDatabase databases;

  private HikariDataSource database;
  private ClusterStore store;
  private ClusterQueries queries;

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
    store = new ClusterStore(database);
    queries = new ClusterQueries(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private int accept(ClusterChange... changes) {
    return store.accept(LogBatch.of(List.of(changes)));
  }

  private List<String> members(String cluster) {
    return queries.cluster(cluster, 100).stream()
        .flatMap(found -> found.members().stream())
        .map(StoredCluster.Entry::name)
        .toList();
  }

  private static ClusterChange formed(String cluster, long atMs, String left, String right) {
    EntityLink link = link(left, right, IdentifierKind.DEVICE, atMs - 1);
    return change(cluster, atMs, ClusterStep.FORMED, null, List.of(link), left, right);
  }

  /** A chain of 2,300 falls apart in its middle third, and is told in pieces. */
  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void shouldKeepLinksAmongThePiecesOfALargePartThatCameOff(int together) {
    List<String> names = new ArrayList<>();
    List<ClusterChange> changes = new ArrayList<>();
    for (int i = 0; i < 2_300; i++) {
      names.add("m" + (10_000 + i));
    }
    for (int i = 1; i < names.size(); i++) {
      EntityLink link = link(names.get(i - 1), names.get(i), IdentifierKind.DEVICE, T - 1);
      ClusterStep step = i == 1 ? ClusterStep.FORMED : ClusterStep.GREW;
      String[] came =
          i == 1 ? new String[] {names.get(0), names.get(1)} : new String[] {names.get(i)};
      changes.add(change("big", T, step, null, List.of(link), came));
    }
    store.accept(LogBatch.of(changes));
    List<ClusterChange> split = new ArrayList<>();
    List<String> left = names.subList(1_000, names.size());
    for (int from = 0; from < left.size(); from += ClusterStore.MOST_NAMED) {
      List<String> piece =
          left.subList(from, Math.min(left.size(), from + ClusterStore.MOST_NAMED));
      split.add(
          ClusterChange.newBuilder(
                  change(
                      "big",
                      T + 1,
                      ClusterStep.SPLIT,
                      "part",
                      List.of(),
                      piece.toArray(String[]::new)))
              .setSize(1_000)
              .build());
    }
    for (int from = 0; from < split.size(); from += together) {
      store.accept(LogBatch.of(split.subList(from, Math.min(split.size(), from + together))));
    }
    assertThat(links()).as("all but the one that was cut").isEqualTo(names.size() - 2);
    store.accept(LogBatch.of(split));
    assertThat(links()).as("read twice").isEqualTo(names.size() - 2);
  }

  private int links() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from entity_link")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Timeout(20)
  void shouldNotWaitForWhoWritesAlerts() throws Exception {
    try (Connection alerts = database.getConnection()) {
      alerts.setAutoCommit(false);
      IntakeLedger.lock(alerts, IntakeLedger.LOCK);
      assertThat(accept(formed("c", T, "a", "b"))).isEqualTo(1);
      alerts.rollback();
    }
    assertThat(members("c")).containsExactly("a", "b");
  }

  @Test
  void shouldTellWhoIsLinkedWithWhomAndWhy() {
    EntityLink phone = link("b", "c", IdentifierKind.PHONE, T + 1);
    assertThat(
            accept(
                formed("one", T, "a", "b"),
                change("one", T + 2, ClusterStep.GREW, null, List.of(phone), "c"),
                formed("two", T, "x", "y")))
        .isEqualTo(3);

    assertThat(queries.linked(Set.of("b", "nobody"), 9))
        .containsExactly(
            new LinkedEntity(link("a", "b", IdentifierKind.DEVICE, T - 1), "one", 3),
            new LinkedEntity(phone, "one", 3));
    assertThat(queries.linked(Set.of("b"), 1)).hasSize(1);
    assertThat(queries.linked(Set.of("nobody"), 9)).isEmpty();
    StoredCluster one = queries.cluster("one", 2).orElseThrow();
    assertThat(one.size()).isEqualTo(3);
    assertThat(one.members()).hasSize(2);
    assertThat(one.links()).hasSize(2);
    assertThat(queries.cluster("none", 2)).isEmpty();
  }

  @Test
  void shouldKeepNothingOfALinkOfWhoLeft() {
    accept(formed("one", T, "a", "b"), change("one", T + 1, ClusterStep.GREW, null, "c"));

    accept(change("one", T + 2, ClusterStep.SHRANK, null, "b"));

    assertThat(members("one")).containsExactly("a", "c");
    assertThat(queries.linked(Set.of("a", "b"), 9)).isEmpty();
    accept(change("one", T + 3, ClusterStep.DISSOLVED, null, "a", "c"));
    assertThat(queries.cluster("one", 9)).isEmpty();
  }

  @Test
  void shouldKeepTheLinksOfAPartThatLeftAsOne() {
    EntityLink between = link("b", "c", IdentifierKind.IP, T);
    accept(
        formed("one", T, "a", "b"),
        change("one", T + 1, ClusterStep.MERGED, "two", List.of(between), "c", "d"),
        change(
            "one",
            T + 1,
            ClusterStep.GREW,
            null,
            List.of(link("c", "d", IdentifierKind.EMAIL, T)),
            "c",
            "d"));

    accept(change("one", T + 2, ClusterStep.SPLIT, "three", "c", "d"));

    assertThat(members("one")).containsExactly("a", "b");
    assertThat(members("three")).containsExactly("c", "d");
    assertThat(queries.linked(Set.of("c"), 9))
        .extracting(found -> found.link().getRight())
        .containsExactly("d");
    assertThat(queries.linked(Set.of("b"), 9))
        .extracting(LinkedEntity::cluster)
        .containsExactly("one");
  }

  /** Changes of one cluster come in order, those of different ones in any; also all at one time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 0})
  void shouldComeToTheSameInWhateverOrderPartitionsAreRead(long step) {
    List<ClusterChange> one =
        List.of(
            formed("one", T, "a", "b"),
            change("one", T + 5 * step, ClusterStep.MERGED, "two", "c", "d", "e"),
            change("one", T + 7 * step, ClusterStep.SPLIT, "three", "d", "e", "f"));
    List<ClusterChange> two =
        List.of(
            formed("two", T + step, "c", "d"),
            change("two", T + 2 * step, ClusterStep.GREW, null, "e"));
    List<ClusterChange> three =
        List.of(
            change("three", T + 8 * step, ClusterStep.GREW, null, "g"),
            change("three", T + 9 * step, ClusterStep.SHRANK, null, "e"));
    for (int seed = 0; seed < 6; seed++) {
      List<List<ClusterChange>> order = new ArrayList<>(List.of(one, two, three));
      Collections.shuffle(order, new Random(seed));
      database.close();
      open();
      order.forEach(changes -> store.accept(LogBatch.of(changes)));
      order.forEach(changes -> store.accept(LogBatch.of(changes)));

      assertThat(members("one")).as("seed %s", seed).containsExactly("a", "b", "c");
      assertThat(members("two")).as("seed %s", seed).isEmpty();
      assertThat(members("three")).as("seed %s", seed).containsExactly("d", "f", "g");
    }
  }

  @Test
  void shouldForgetWhoLeftLongAgo() {
    accept(formed("one", T, "a", "b"), change("one", T + 1, ClusterStep.DISSOLVED, null, "a", "b"));
    long rows = rows();

    accept(formed("two", T + 2 + ClusterStore.KEPT_MS, "x", "y"));

    assertThat(rows).isEqualTo(2);
    assertThat(rows()).isEqualTo(2);
  }

  private long rows() {
    return Rows.ask(
            database, "rows", "select count(*) from entity_member", List.of(), r -> r.getLong(1))
        .get(0);
  }

  @Test
  void shouldCountTheAlertsOfMembers() {
    List<Alert> alerts = new SampleAlerts(5, T).take(3);
    new AlertStore(database).accept(LogBatch.of(alerts));
    String payer = alerts.get(0).getTransaction().getPayerAccount();
    accept(formed("one", T, "0-without", payer));

    StoredCluster cluster = queries.cluster("one", 9).orElseThrow();

    assertThat(cluster.members().get(0).name()).isEqualTo(payer);
    assertThat(cluster.members().get(0).alerts()).isPositive();
    assertThat(cluster.members().get(1)).isEqualTo(new StoredCluster.Entry("0-without", T, 0));
  }

  @Test
  void shouldTakeNamesOfAnyKind() {
    String name = "a".repeat(400) + '\0';
    accept(formed("o\0e", T, name, "\"'; drop table entity_member; --"));

    assertThat(queries.linked(Set.of(name), 9)).hasSize(1);
    assertThat(members("o\0e")).hasSize(2);
  }
}
