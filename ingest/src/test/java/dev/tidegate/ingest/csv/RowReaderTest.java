package dev.tidegate.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.tidegate.ingest.profile.FileFormat;
import dev.tidegate.ingest.profile.Profiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RowReaderTest {
  private static FileFormat format(String keys) {
    return Profiles.parse(
            "file: {"
                + keys
                + "}\nfields: {time: t, amount: a, currency: {value: EUR}, payerAccount: p}",
            "bank")
        .format();
  }

  /** Records as {@code line:fault} or {@code line:[values]}. */
  private static List<String> read(byte[] bytes, FileFormat format) {
    return read(new ByteArrayInputStream(bytes), format);
  }

  private static List<String> read(InputStream in, FileFormat format) {
    List<String> records = new ArrayList<>();
    RowReader reader = new RowReader(in, format);
    while (reader.advance()) {
      Row row = reader.row();
      records.add(
          row.line()
              + ":"
              + (reader.fault() == RowFault.NONE ? values(row) : reader.fault().name()));
    }
    return records;
  }

  private static List<String> values(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.text(i));
    }
    return values;
  }

  private static List<String> read(String text, String keys) {
    return read(text.getBytes(StandardCharsets.UTF_8), format(keys));
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> value =
        Arbitraries.strings()
            .withChars("abz09 ,;\"'é€\uD83D\uDE00|")
            .ofMaxLength(12)
            .filter(RowReaderTest::paired);
    return rows(value);
  }

  @Provide
  Arbitrary<List<List<String>>> tablesWithBreaks() {
    Arbitrary<String> value = Arbitraries.strings().withChars("ab,\"\n é").ofMaxLength(12);
    return rows(value);
  }

  private static Arbitrary<List<List<String>>> rows(Arbitrary<String> value) {
    return Arbitraries.integers()
        .between(2, 6)
        .flatMap(width -> value.list().ofSize(width).list().ofMaxSize(30));
  }

  private static boolean paired(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String written(List<List<String>> table) {
    StringWriter out = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().build(out)) {
      table.forEach(writer::writeRecord);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString();
  }

  private static List<String> oracle(String csv) {
    List<String> records = new ArrayList<>();
    for (CsvRecord record : CsvReader.builder().skipEmptyLines(false).ofCsvRecord(csv)) {
      records.add(record.getStartingLineNumber() + ":" + record.getFields());
    }
    return records;
  }

  @Property(tries = 300)
  void shouldEqualFastCsvOnGoodFiles(@ForAll("tables") List<List<String>> table) {
    String csv = written(table);
    assertThat(read(csv, "")).isEqualTo(oracle(csv));
    assertThat(read(csv, "multiline: true")).isEqualTo(oracle(csv));
  }

  @Property(tries = 300)
  void shouldEqualFastCsvOverLineBreaks(@ForAll("tablesWithBreaks") List<List<String>> table) {
    String csv = written(table).replace("\r\n", "\n");
    assertThat(read(csv, "multiline: true")).isEqualTo(oracle(csv));
  }

  @Test
  void shouldKeepDamageToItsLine() {
    assertThat(read("a,b\nc,\"d\ne,f\n\"g\"x,h\ni\"j,k\n\nl,m", ""))
        .containsExactly(
            "1:[a, b]",
            "2:QUOTE_UNCLOSED",
            "3:[e, f]",
            "4:QUOTE_BROKEN",
            "5:QUOTE_BROKEN",
            "6:BLANK",
            "7:[l, m]");
  }

  @Test
  void shouldKeepAnUnclosedQuoteToItsLineOverLineBreaksToo() {
    assertThat(read("a,\"b\nc\",d\ne,\"f\ng,h\ni,j\n", "multiline: true"))
        .containsExactly("1:[a, b\nc, d]", "3:QUOTE_UNCLOSED", "4:[g, h]", "5:[i, j]");
  }

  @Test
  void shouldRefuseWhatIsNoText() {
    byte[] bytes = "ab,c\nd\0,e\nf\u001b,g\nhx,i\njé,k\n".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 9] = (byte) 0xc3;
    assertThat(read(bytes, format("")))
        .containsExactly("1:[ab, c]", "2:NOT_TEXT", "3:NOT_TEXT", "4:NOT_TEXT", "5:[jé, k]");
    assertThat(read("a\ufffd,b\n", "")).containsExactly("1:NOT_TEXT");
  }

  @Test
  void shouldKnowOtherCharactersDelimitersAndLineEnds() {
    assertThat(read("\ufeffa;b\r\nc;d\r\n", "delimiter: ';'"))
        .containsExactly("1:[a, b]", "2:[c, d]");
    assertThat(read("a\tb", "delimiter: tab")).containsExactly("1:[a, b]");
    assertThat(read(" a , b ", "trim: true")).containsExactly("1:[a, b]");
    byte[] latin = "é,ü\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(latin, format("charset: ISO-8859-1"))).containsExactly("1:[é, ü]");
  }

  @Test
  void shouldCutALineThatIsTooLongAndGoOn() {
    String longest = "x".repeat(3 * Lines.LONGEST);
    assertThat(read("a,b\n" + longest + "\nc,d\n", ""))
        .containsExactly("1:[a, b]", "2:TOO_LONG", "3:[c, d]");
    assertThat(read("a,b\n" + longest, "")).containsExactly("1:[a, b]", "2:TOO_LONG");
    assertThat(read("a,b\n" + longest + "\nc,d\n", "multiline: true"))
        .containsExactly("1:[a, b]", "2:TOO_LONG", "3:[c, d]");
  }

  @Test
  void shouldReadLinesAcrossBlocksOfAnySize() {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 60_000; i++) {
      text.append(i).append(",").append("v".repeat(i % 37)).append('\n');
      expected.add(i + ":[" + i + ", " + "v".repeat(i % 37) + "]");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    InputStream trickle =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + (pos % 7_919)));
          }
        };
    assertThat(read(trickle, format(""))).isEqualTo(expected);
  }

  @Test
  void shouldReportAStreamThatBreaksOff() {
    InputStream broken =
        new ByteArrayInputStream("a,b\nc,".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            int count = super.read(target, offset, length);
            if (count < 0) {
              throw new java.io.UncheckedIOException(new IOException("cut"));
            }
            return count;
          }
        };
    InputStream checked =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("one byte is never asked for");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            try {
              return broken.read(target, offset, length);
            } catch (java.io.UncheckedIOException e) {
              throw e.getCause();
            }
          }
        };
    assertThat(read(checked, format(""))).containsExactly("1:[a, b]", "2:CUT_OFF");
  }
}
