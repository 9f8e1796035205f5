package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFilesTest {
  private static final int ROWS = 40_000;
  private static final Profile PROFILE =
      Profiles.parse(
          """
          fields:
            transactionId: id
            time: t
            amount: a
            currency: {value: EUR}
            payerAccount: p
          label: {file: frauds.csv, key: tx, kind: why}
          """,
          "bank");

  private static byte[] csv;

  @TempDir Path folder;

  @BeforeAll
  static void writeRows() {
    StringBuilder text = new StringBuilder("id,t,a,p\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(i).append(",2026-01-01 00:00,").append(i * 7919L % 9973).append(".5,p");
      text.append(i * 31L % 1009).append('\n');
    }
    csv = text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static DoorCounts counts(Path file) throws IOException {
    try (CsvDoor door = CsvDoor.open(file, PROFILE, Doors.settings())) {
      Doors.all(door);
      return door.counts();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(csv);
      }
    }
    return out.toByteArray();
  }

  private static byte[] tar(String... names) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String name : names) {
      byte[] head = new byte[512];
      put(head, 0, name);
      put(head, 124, String.format(Locale.ROOT, "%011o", csv.length));
      head[156] = '0';
      put(head, 257, "ustar");
      out.writeBytes(head);
      out.writeBytes(csv);
      out.writeBytes(new byte[(512 - csv.length % 512) % 512]);
    }
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static void put(byte[] head, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, head, at, bytes.length);
  }

  @Test
  void shouldReadEveryPackingWhateverItsName() throws IOException {
    for (byte[] packed :
        List.of(csv, gzip(csv), Zstd.compress(csv), zip("a.csv"), tar("a.csv"), gzip(tar("a")))) {
      DoorCounts counts = counts(write("some.file", packed));
      assertThat(counts.accepted()).isEqualTo(ROWS);
      assertThat(counts.rejected()).isEmpty();
    }
  }

  @Test
  void shouldReadGzipAndZstdThatWereAppended() throws IOException {
    int half = new String(csv, StandardCharsets.US_ASCII).indexOf('\n', csv.length / 2) + 1;
    byte[] first = Arrays.copyOfRange(csv, 0, half);
    byte[] second = Arrays.copyOfRange(csv, half, csv.length);
    assertThat(counts(write("a", joined(gzip(first), gzip(second)))).accepted()).isEqualTo(ROWS);
    assertThat(counts(write("b", joined(Zstd.compress(first), Zstd.compress(second)))).accepted())
        .isEqualTo(ROWS);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void shouldNameAnEntryOfAnArchive() throws IOException {
    Path zip = write("two.zip", zip("x/a.csv", "x/b.csv"));
    Path tar = write("two.tar.zst", Zstd.compress(tar("./x/a.csv", "x/b.csv")));

    assertThat(counts(Path.of(zip + "!x/b.csv")).accepted()).isEqualTo(ROWS);
    assertThat(counts(Path.of(tar + "!x/a.csv")).accepted()).isEqualTo(ROWS);
    assertThatThrownBy(() -> counts(zip))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("two.zip!ENTRY: x/a.csv, x/b.csv");
    assertThatThrownBy(() -> counts(tar)).hasMessageContaining("archive of 2 files");
    assertThatThrownBy(() -> counts(Path.of(tar + "!x/c.csv")))
        .hasMessageContaining("has no entry x/c.csv");
  }

  @Test
  void shouldReadACutOffFileToWhereItBreaksAndSaySo() throws IOException {
    for (byte[] packed : List.of(gzip(csv), Zstd.compress(csv), gzip(tar("a.csv")))) {
      byte[] cut = Arrays.copyOf(packed, packed.length * 2 / 3);
      try (CsvDoor door = CsvDoor.open(write("cut", cut), PROFILE, Doors.settings())) {
        List<DoorResult> results = Doors.all(door);
        DoorCounts counts = door.counts();
        assertThat(counts.rejected()).containsExactly(java.util.Map.entry("file-truncated", 1L));
        assertThat(results.get(results.size() - 1).line()).isEqualTo(counts.accepted() + 2);
      }
    }
  }

  @Test
  void shouldReportADamagedPackingLikeACutOffOne() throws IOException {
    byte[] packed = gzip(csv);
    Arrays.fill(packed, packed.length / 2, packed.length / 2 + 64, (byte) 0x5a);
    DoorCounts counts = counts(write("damaged", packed));
    assertThat(counts.rejected()).containsKey("file-truncated");
    assertThat(counts.rows())
        .isEqualTo(counts.accepted() + counts.rejectedTotal() + counts.duplicates());
  }

  @Test
  void shouldSayWhatIsWrongWithAFileThatCannotBeOpened() throws IOException {
    assertThatThrownBy(() -> counts(folder.resolve("none.csv")))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> counts(folder)).hasMessageContaining("is a folder");
    Path empty = write("empty.csv", new byte[0]);
    assertThatThrownBy(() -> counts(empty)).hasMessageContaining("is empty");
    Path stub = write("stub.gz", Arrays.copyOf(gzip(csv), 5));
    assertThatThrownBy(() -> counts(stub)).hasMessageContaining("cannot be unpacked");
    Path early = write("early.zst", Arrays.copyOf(Zstd.compress(csv), 9));
    assertThatThrownBy(() -> counts(early)).hasMessageContaining("cut off or damaged");
    Path zip = write("cut.zip", Arrays.copyOf(zip("a.csv"), 4_000));
    assertThatThrownBy(() -> counts(zip)).hasMessageContaining("damaged or cut off zip");
  }

  @Test
  void shouldReadLabelsBesideTheFile() throws IOException {
    Path file = write("data.csv", csv);
    try (CsvDoor door = CsvDoor.open(file, PROFILE, Doors.settings())) {
      assertThat(door.labelled()).isFalse();
      assertThat(((Accepted) door.next()).label()).isNull();
    }
    write("frauds.csv.gz", gzip("tx,why\n3,fan_in\n5,\n".getBytes(StandardCharsets.UTF_8)));
    try (CsvDoor door = CsvDoor.open(file, PROFILE, Doors.settings())) {
      assertThat(door.labelled()).isTrue();
      List<DoorResult> results = Doors.all(door);
      assertThat(((Accepted) results.get(3)).label().getKind()).isEqualTo("fan_in");
      assertThat(((Accepted) results.get(5)).label().getFraud()).isTrue();
      assertThat(((Accepted) results.get(5)).label().getKind()).isNull();
      assertThat(((Accepted) results.get(4)).label().getFraud()).isFalse();
      assertThat(door.counts().positives()).isEqualTo(2);
      assertThat(door.counts().negatives()).isEqualTo(ROWS - 2);
    }
    Path other = write("other.csv", "id,why\n3,x\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> CsvDoor.open(file, PROFILE, Doors.settings().withLabelFile(other)))
        .hasMessageContaining("no column 'tx'");
  }
}
