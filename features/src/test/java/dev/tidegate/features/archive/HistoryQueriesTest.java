package dev.tidegate.features.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The page {@code docs/concepts/history.md} against a history that the job wrote: ten days of 100
 * payments, every event twice.
 */
class HistoryQueriesTest {
  private static final Path HOME = Path.of(System.getProperty("tidegate.home", ".."));
  private static final Pattern QUERY = Pattern.compile("```sql\\n-- (.*)\\n(?s:(.*?))```");
  private static final int DAYS = 10;
  private static final int PER_DAY = 100;

  @TempDir static Path folder;
  private static Map<String, String> queries;
  private static Duck duck;

  @BeforeAll
  static void writeHistory() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, JobConfiguration.bounded());
    HistoryPipeline.define(
        env,
        new InMemory(),
        new HistorySettings(
            "none", "none", "history", folder.resolve("history").toString(), 60_000, 1));
    env.execute();
    queries = queriesOfThePage();
    duck = Duck.open();
    duck.rows(queries.get("views"));
    duck.rows(queries.get("labels known by a moment"));
  }

  @AfterAll
  static void close() throws Exception {
    duck.close();
  }

  @Test
  void shouldCountThePaymentsOfADayOnce() throws Exception {
    List<List<String>> days = duck.rows(queries.get("by day"));

    assertThat(days).hasSize(DAYS * 2);
    assertThat(days.get(0).subList(0, 3)).containsExactly("2018-07-25", "EUR", "75");
    assertThat(days.get(1).subList(0, 3)).containsExactly("2018-07-25", "SEK", "25");
    long eur = 0;
    for (int i = 0; i < PER_DAY; i++) {
      eur += i % 4 == 3 ? 0 : Samples.payment(i, 0).getAmountMinor();
    }
    assertThat(days.get(0).get(3)).isEqualTo(Long.toString(eur));
  }

  @Test
  void shouldJoinVectorsWithTheLabelsKnownInTime() throws Exception {
    List<List<String>> rows = duck.rows(queries.get("training set"));

    assertThat(rows).hasSize(7 * PER_DAY).extracting(row -> row.get(0)).doesNotHaveDuplicates();
    assertThat(rows).filteredOn(row -> row.get(3).equals("true")).hasSize(7 * PER_DAY / 10);
    assertThat(rows.get(0).get(0)).isEqualTo("tx-0");
    assertThat(rows.get(0).get(2)).startsWith("[").contains("nan");
  }

  @Test
  void shouldSplitSequencesIntoRows() throws Exception {
    List<List<String>> rows = duck.rows(queries.get("last events"));

    List<Float> expected = Samples.vector(Samples.payment(0, 0), 27).getSequences().get(0);
    int length = expected.size() / 7;
    assertThat(rows.subList(0, length))
        .extracting(row -> row.subList(0, 3))
        .first()
        .isEqualTo(List.of("tx-0", "1", Integer.toString(length)));
    List<String> told = new ArrayList<>();
    for (List<String> row : rows.subList(0, length)) {
      assertThat(row.get(0)).isEqualTo("tx-0");
      String list = row.get(3);
      told.addAll(List.of(list.substring(1, list.length() - 1).split(", ")));
    }
    assertThat(told.stream().map(text -> text.replace("nan", "NaN")).map(Float::valueOf))
        .isEqualTo(expected);
    assertThat(rows.get(length).get(0)).isNotEqualTo("tx-0");
  }

  @Test
  void shouldHoldDecisionsAgainstLabels() throws Exception {
    List<List<String>> days = duck.rows(queries.get("decisions against labels"));

    assertThat(days).hasSizeBetween(7, DAYS);
    assertThat(days.get(0)).containsExactly("2018-07-25", "release-1", "100", "5", "5", "5");
  }

  @Test
  void shouldWriteAFileThatTheProfileReads() throws Exception {
    duck.rows(queries.get("replay"));
    duck.rows(queries.get("labelled file"));

    assertThat(folder.resolve("replay.csv")).exists();
    List<String> lines = Files.readAllLines(folder.resolve("labelled.csv"));
    assertThat(lines).hasSize(1 + 7 * PER_DAY);
    assertThat(lines).filteredOn(line -> line.endsWith(",true")).hasSize(7 * PER_DAY / 10);
    assertThat(lines.get(0).split(",")).containsExactlyInAnyOrder(columnsOfTheProfile());
    assertThat(lines.get(1)).startsWith("tx-0," + Samples.START_MS + ",payer-0,");
  }

  @Test
  void shouldPutADayIntoOneFile() throws Exception {
    duck.rows(queries.get("one file a day"));

    assertThat(
            duck.rows(
                "SELECT count(*), count(DISTINCT filename) FROM read_parquet('"
                    + folder.resolve("compact/day=2018-07-25")
                    + "/*.parquet', filename = true)"))
        .containsExactly(List.of(Integer.toString(2 * PER_DAY), "1"));
  }

  @Test
  void shouldDescribeEveryColumn() throws Exception {
    String page = page();
    for (HistoryTable table : HistoryTable.values()) {
      String described = page.substring(page.indexOf("### " + table.folder() + "\n"));
      List<String> columns =
          Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\S+) \\|")
              .matcher(described.substring(0, described.indexOf("\n#", 1)))
              .results()
              .map(row -> row.group(1) + " " + row.group(2))
              .toList();
      assertThat(columns).as(table.folder()).isEqualTo(columnsIn(table));
    }
  }

  private static List<String> columnsIn(HistoryTable table) throws Exception {
    List<String> columns = new ArrayList<>();
    for (List<String> row :
        duck.rows("DESCRIBE SELECT * FROM " + Duck.table(folder.resolve("history"), table))) {
      columns.add(row.get(0) + " " + row.get(1));
    }
    assertThat(columns.remove(columns.size() - 1)).isEqualTo("day DATE");
    return columns;
  }

  private static String[] columnsOfTheProfile() throws Exception {
    Map<String, Object> profile =
        new Yaml().load(Files.readString(HOME.resolve("config/profiles/history.yaml")));
    List<String> columns = new ArrayList<>();
    for (Object field : ((Map<?, ?>) profile.get("fields")).values()) {
      columns.add((field instanceof Map<?, ?> map ? map.get("column") : field).toString());
    }
    columns.add(((Map<?, ?>) profile.get("label")).get("column").toString());
    return columns.toArray(String[]::new);
  }

  private static Map<String, String> queriesOfThePage() throws Exception {
    Map<String, String> found = new HashMap<>();
    Matcher matcher = QUERY.matcher(page());
    while (matcher.find()) {
      found.put(
          matcher.group(1),
          matcher
              .group(2)
              .replaceAll("'(history/|compact|replay.csv|labelled.csv)", "'" + folder + "/$1"));
    }
    assertThat(found)
        .containsOnlyKeys(
            "views",
            "by day",
            "labels known by a moment",
            "training set",
            "last events",
            "decisions against labels",
            "replay",
            "labelled file",
            "one file a day");
    return found;
  }

  private static String page() throws Exception {
    return Files.readString(HOME.resolve("docs/concepts/history.md"));
  }

  /** Every event of every payment, and all once more. */
  private static final class InMemory implements HistorySource {
    @Override
    public <T extends SpecificRecord> DataStream<Tuple3<T, Integer, Long>> open(
        StreamExecutionEnvironment env, HistoryTable table, Class<T> type) {
      List<Tuple3<T, Integer, Long>> entries = new ArrayList<>();
      for (int i = 0; i < 2 * DAYS * PER_DAY; i++) {
        int number = i % (DAYS * PER_DAY);
        long timeMs = Samples.START_MS + number * (Samples.DAY_MS / PER_DAY);
        entries.add(
            Tuple3.of(type.cast(event(table, Samples.payment(number, timeMs))), 0, (long) i));
      }
      String name = "memory-" + table.name().toLowerCase(Locale.ROOT);
      return env.fromData(entries, HistorySource.entries(type)).uid(name);
    }
  }

  static SpecificRecord event(HistoryTable table, Transaction payment) {
    return switch (table) {
      case TRANSACTIONS -> payment;
      case VECTORS, AML_VECTORS -> Samples.vector(payment, 27);
      case LABELS -> Samples.label(payment);
      case DECISIONS, AML_DECISIONS -> Samples.decision(payment);
    };
  }
}
