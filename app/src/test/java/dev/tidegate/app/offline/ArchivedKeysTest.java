package dev.tidegate.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes out of files that DuckDB wrote: account {@code a<n>} has n payments, n from 1 to 20.
 */
final class ArchivedKeysTest {
  private static final int ACCOUNTS = 20;
  private static final int PAYMENTS = ACCOUNTS * (ACCOUNTS + 1) / 2;

  @TempDir private Path folder;
  private Path payments;
  private Path vectors;

  @BeforeEach
  void write() throws SQLException {
    payments = folder.resolve("payments.parquet");
    vectors = folder.resolve("vectors.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "CREATE TABLE made AS SELECT row_number() OVER (ORDER BY n, i) - 1 AS topicOffset, n"
              + " FROM range(1, 21) accounts(n), range(20) each(i) WHERE i < n");
      // Each payment twice, as after a feed that was read again.
      statement.execute(
          "COPY (SELECT "
              + columns()
              + ", 0 AS topicPartition, again * 1000 + topicOffset AS topicOffset"
              + " FROM made, range(2) twice(again)) TO "
              + EventRows.quoted(payments.toString()));
      statement.execute(
          "COPY (SELECT 't' || topicOffset AS transactionId, 'digest' AS featureDigest,"
              + " false AS late, [n]::FLOAT[] AS \"values\", 0 AS topicPartition, topicOffset"
              + " FROM made) TO "
              + EventRows.quoted(vectors.toString()));
    }
  }

  /** Every column of a payment; those that do not matter are empty. */
  private static String columns() {
    return Transaction.getClassSchema().getFields().stream()
        .map(ArchivedKeysTest::column)
        .collect(Collectors.joining(", "));
  }

  private static String column(Schema.Field field) {
    String name = field.name().replaceFirst("Ms$", "");
    String value =
        switch (name) {
          case "transactionId" -> "'t' || topicOffset";
          case "payerAccount" -> "'a' || n";
          case "eventTime", "ingestedAt" -> "TIMESTAMP '2026-01-01'";
          default -> field.schema().getType() == Schema.Type.LONG ? "1::BIGINT" : "''";
        };
    return String.format(Locale.ROOT, "%s AS %s", value, name);
  }

  @Test
  void shouldFindEveryPaymentOnceOverTheSlices() throws SQLException {
    List<Integer> found = new ArrayList<>();
    for (int slice = 0; slice < 3; slice++) {
      List<Integer> some = choose(slice, 3, 0, 10_000);
      assertThat(some).isNotEmpty();
      found.addAll(some);
    }
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, ACCOUNTS).boxed().toList());
  }

  @Test
  void shouldKeepToTheBoundAndChooseOthersInAnotherRound() throws SQLException {
    int most = 2 * 15;
    Set<Integer> chosen = new HashSet<>();
    for (int round = 0; round < 20; round++) {
      List<Integer> some = choose(0, 1, round, most);
      assertThat(some.stream().mapToInt(count -> 2 * count).sum()).isBetween(1, most);
      chosen.addAll(some);
    }
    assertThat(chosen)
        .as("others each round, but none that alone has more")
        .hasSizeGreaterThan(10)
        .allMatch(count -> 2 * count <= most);
  }

  @Test
  void shouldTellAHistoryFromTheBeginningFromOneThatLacksSomething() throws SQLException {
    try (ArchivedKeys keys = new ArchivedKeys(folder)) {
      assertThat(keys.isWhole(List.of(vectors))).isTrue();
      assertThat(keys.isWhole(List.of(without("topicOffset = 0")))).isFalse();
      assertThat(keys.isWhole(List.of(without("topicOffset = " + PAYMENTS / 2)))).isFalse();
    }
  }

  private Path without(String condition) throws SQLException {
    Path file = folder.resolve("less.parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM "
              + EventRows.files(List.of(vectors))
              + " WHERE NOT ("
              + condition
              + ")) TO "
              + EventRows.quoted(file.toString()));
    }
    return file;
  }

  /** How many payments each account has that comes out. */
  private List<Integer> choose(int slice, int slices, long round, int most) throws SQLException {
    List<Integer> found = new ArrayList<>();
    List<Path> served = List.of(vectors);
    try (ArchivedKeys keys = new ArchivedKeys(folder)) {
      keys.choose(List.of(payments), new CheckTurn(Entity.ACCOUNT, slice, round), slices, most);
      keys.each(served, served, List.of(), key -> found.add(key.payments().size()));
    }
    return found;
  }
}
