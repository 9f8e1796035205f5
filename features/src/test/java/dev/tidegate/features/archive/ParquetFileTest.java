package dev.tidegate.features.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what DuckDB reads. */
class ParquetFileTest {
  private static final int FIRST_OFFSET = 1000;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("rows.parquet");
  }

  @Test
  void shouldKeepEveryFieldOfAPayment() throws Exception {
    Transaction payment = Samples.payment(3, Samples.START_MS + 1);
    write(HistoryTable.TRANSACTIONS, List.of(payment));

    assertThat(read("SELECT * FROM rows"))
        .containsExactly(
            Arrays.asList(
                "tx-3",
                "2018-07-25 00:00:00.001",
                "2018-07-25 00:00:00.251",
                "test",
                "4",
                "payer-3",
                null,
                null,
                "token-3",
                null,
                null,
                "399",
                "SEK",
                null,
                "terminal-3",
                null,
                null,
                null,
                null,
                null,
                "card",
                "2",
                "1000"));
  }

  @Test
  void shouldKeepTimesBefore1970AndFarAhead() throws Exception {
    write(HistoryTable.TRANSACTIONS, List.of(Samples.payment(1, -1), Samples.payment(2, 1L << 45)));

    assertThat(read("SELECT epoch_ms(eventTime), typeof(eventTime) FROM rows"))
        .containsExactly(List.of("-1", "TIMESTAMP"), List.of("35184372088832", "TIMESTAMP"));
  }

  @Test
  void shouldKeepListsAlsoEmptyOnes() throws Exception {
    List<Decision> decisions = new ArrayList<>();
    for (int i = 18; i < 21; i++) {
      decisions.add(Samples.decision(Samples.payment(i, Samples.START_MS)));
    }
    write(HistoryTable.DECISIONS, decisions);

    assertThat(read("SELECT rules, outcome, degraded FROM rows"))
        .containsExactly(
            Arrays.asList("[]", "APPROVE", null),
            Arrays.asList("[big, night]", "DECLINE", null),
            Arrays.asList("[]", "APPROVE", null));
  }

  /**
   * Enough rows for several row groups, each 97th looked at; a 32-bit float is shown as what brings
   * it back.
   */
  @Test
  void shouldKeepVectorsBitForBitAcrossRowGroups() throws Exception {
    Random random = new Random(7);
    List<FeatureVector> vectors = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      List<Float> values = new ArrayList<>();
      for (int k = 0; k < 150; k++) {
        values.add(Float.intBitsToFloat(random.nextInt()));
      }
      vectors.add(
          new FeatureVector(
              Samples.payment(i, Samples.START_MS), "digest", values, false, false, List.of()));
    }
    write(HistoryTable.VECTORS, vectors);

    assertThat(
            read("SELECT count(DISTINCT row_group_id) > 1 FROM parquet_metadata('" + file + "')"))
        .containsExactly(List.of("true"));
    assertThat(read("SELECT count(*), sum(len(\"values\")) FROM rows"))
        .containsExactly(List.of("40000", Integer.toString(40_000 * 150)));
    for (List<String> row :
        read("SELECT topicOffset, \"values\" FROM rows WHERE topicOffset % 97 = 0")) {
      FeatureVector vector = vectors.get(Integer.parseInt(row.get(0)) - FIRST_OFFSET);
      assertThat(floats(row.get(1))).isEqualTo(vector.getValues());
    }
  }

  @Test
  void shouldKeepSequencesBitForBitAlsoEmptyOnes() throws Exception {
    List<List<List<Float>>> sequences =
        List.of(
            List.of(),
            List.of(List.of()),
            List.of(List.of(1.5f, Float.NaN), List.of(), List.of(-0.0f, Float.MIN_VALUE)));
    List<FeatureVector> vectors =
        sequences.stream()
            .map(
                rows ->
                    new FeatureVector(
                        Samples.payment(1, Samples.START_MS),
                        "digest",
                        List.of(7f),
                        false,
                        false,
                        rows))
            .toList();
    write(HistoryTable.VECTORS, vectors);

    assertThat(read("SELECT sequences, typeof(sequences) FROM rows ORDER BY topicOffset"))
        .containsExactly(
            List.of("[]", "FLOAT[][]"),
            List.of("[[]]", "FLOAT[][]"),
            List.of("[[1.5, nan], [], [-0.0, 1e-45]]", "FLOAT[][]"));
  }

  private static List<Float> floats(String list) {
    return Stream.of(list.substring(1, list.length() - 1).split(", "))
        .map(text -> text.replace("nan", "NaN").replace("inf", "Infinity"))
        .map(Float::valueOf)
        .toList();
  }

  @Test
  void shouldCompressPagesWithZstandardAndNameTheEvent() throws Exception {
    write(HistoryTable.LABELS, List.of(Samples.label(Samples.payment(1, Samples.START_MS))));

    assertThat(read("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
        .containsExactly(List.of("ZSTD"));
    assertThat(read("SELECT decode(value) FROM parquet_kv_metadata('" + file + "')"))
        .contains(List.of("Label"));
  }

  @Test
  void shouldWriteAReadableFileWithoutRows() throws Exception {
    write(HistoryTable.LABELS, List.of());

    assertThat(read("SELECT count(*) FROM rows")).containsExactly(List.of("0"));
  }

  @Test
  void shouldPutAPaymentUnderItsDayInUtc() {
    assertThat(partition(Samples.START_MS - 1)).isEqualTo("day=2018-07-24");
    assertThat(partition(Samples.START_MS)).isEqualTo("day=2018-07-25");
    assertThat(partition(-1)).isEqualTo("day=1969-12-31");
    assertThat(
            HistoryTable.VECTORS.partitionOf(
                Samples.vector(Samples.payment(1, Samples.START_MS), 1)))
        .isEqualTo("day=2018-07-25");
  }

  @Test
  void shouldNameTheFieldThatHasNoColumn() {
    Schema nested =
        SchemaBuilder.record("Nested")
            .fields()
            .name("inner")
            .type(SchemaBuilder.record("Inner").fields().endRecord())
            .noDefault()
            .endRecord();

    assertThatThrownBy(() -> RowLayout.of(nested))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("field inner of type RECORD has no column in the history");
    assertThatThrownBy(() -> Column.of(nested, "outer")).hasMessage("Nested has no field outer");
  }

  private static String partition(long timeMs) {
    return HistoryTable.TRANSACTIONS.partitionOf(Samples.payment(1, timeMs));
  }

  private void write(HistoryTable table, List<? extends IndexedRecord> events) throws IOException {
    ParquetFile out = ParquetFile.begin(new LocalOutputFile(file), table.layout());
    long offset = FIRST_OFFSET;
    for (IndexedRecord event : events) {
      out.write(event, 2, offset++);
    }
    out.finish();
    assertThat(Files.size(file)).isPositive();
  }

  private List<List<String>> read(String sql) throws Exception {
    try (Duck duck = Duck.open()) {
      duck.rows("CREATE VIEW rows AS SELECT * FROM '" + file + "'");
      return duck.rows(sql);
    }
  }
}
