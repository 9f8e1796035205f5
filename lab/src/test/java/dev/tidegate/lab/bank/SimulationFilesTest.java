package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationFilesTest {
  private static final SimulatorSettings SETTINGS = SimulatorSettings.of(42, 400);
  private static final int DAYS = 20;

  /** Of the CSV bytes before compression, so that only the simulator can change it. */
  private static final String GOLDEN_TRANSACTIONS =
      "b7147b46e2bed49a5faa5779d4c3ae0fbc427992a0ead6f9fd9ab89fd2610042";

  private static final String GOLDEN_LABELS =
      "5f8360bfa683e5a52ed34bda87c18bb408832873c8d61a216973cf6f9959e346";

  @TempDir private Path folder;

  @Test
  void shouldGiveTheSameBytesAsEver() throws Exception {
    write(folder);
    try (InputStream in = transactions(folder)) {
      assertThat(sha256(in.readAllBytes())).isEqualTo(GOLDEN_TRANSACTIONS);
    }
    assertThat(sha256(Files.readAllBytes(folder.resolve("labels.csv")))).isEqualTo(GOLDEN_LABELS);
  }

  @Test
  void shouldGiveTheSameBytesInAnotherLocaleAndTimeZone() throws Exception {
    write(folder.resolve("first"));
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      write(folder.resolve("second"));
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    assertThat(digests(folder.resolve("second")))
        .hasSize(5)
        .isEqualTo(digests(folder.resolve("first")));
  }

  @Test
  void shouldGiveOtherBytesForAnotherSeed() throws Exception {
    write(folder.resolve("first"));
    SimulatorSettings other = SimulatorSettings.of(43, 400);
    SimulationFiles.write(other, DAYS, folder.resolve("second"), (done, days, payments) -> {});
    digests(folder.resolve("second"))
        .forEach(
            (name, digest) ->
                assertThat(digest).isNotEqualTo(digests(folder.resolve("first")).get(name)));
  }

  @Test
  void shouldCountWhatItWrote() throws Exception {
    SimulationSummary summary = write(folder);
    List<String> rows = rows(folder);
    assertThat(rows.get(0)).isEqualTo(SimulatorCsv.HEADER);
    assertThat(rows).hasSize((int) summary.transactions() + 1);
    List<String> labels = Files.readAllLines(folder.resolve("labels.csv"));
    assertThat(labels.get(0)).isEqualTo("transaction_id,kind,case_id,lane");
    assertThat(labels).hasSize((int) (summary.fraud() + summary.laundering()) + 1);
    assertThat(Files.readAllLines(folder.resolve("cases.csv"))).hasSize(summary.cases() + 1);
    assertThat(Files.readAllLines(folder.resolve("customers.csv"))).hasSize(401);
    assertThat(folder.resolve("README.txt"))
        .content()
        .contains("seed 42\n", "transactions " + summary.transactions() + "\n");
  }

  @Test
  void shouldLabelOnlyPaymentsThatAreThere() throws Exception {
    write(folder);
    Map<String, String> byId = new LinkedHashMap<>();
    rows(folder).forEach(row -> byId.put(row.substring(0, row.indexOf(',')), row));
    for (String label : Files.readAllLines(folder.resolve("labels.csv"))) {
      assertThat(byId).containsKey(label.substring(0, label.indexOf(',')));
    }
  }

  @Test
  void shouldTellTheProgressOfEveryDay() throws Exception {
    List<Integer> done = new ArrayList<>();
    SimulationFiles.write(SETTINGS, 4, folder, (day, days, payments) -> done.add(day));
    assertThat(done).containsExactly(1, 2, 3, 4);
  }

  @Test
  void shouldRefuseNoDays() {
    assertThatThrownBy(
            () -> SimulationFiles.write(SETTINGS, 0, folder, (done, days, payments) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days must be at least 1, not 0");
  }

  @Test
  void shouldStreamTheSameRowsWithTheirTruth() throws Exception {
    write(folder);
    List<String> labels = new ArrayList<>(List.of(SimulationFiles.LABELS_HEADER));
    try (InputStream in =
        new SimulatorCsv(
            new BankSimulator(SETTINGS).transactions(DAYS),
            Long.MAX_VALUE,
            payment -> {
              if (payment.planted() != null) {
                labels.add(SimulationFiles.labelRow(payment));
              }
            })) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(text.lines()).containsExactlyElementsOf(rows(folder));
    }
    assertThat(labels).isEqualTo(Files.readAllLines(folder.resolve("labels.csv")));
  }

  @Test
  void shouldEndTheStreamAtItsLimit() throws Exception {
    try (InputStream in =
        new SimulatorCsv(new BankSimulator(SETTINGS).transactions(), 10, payment -> {})) {
      StringBuilder text = new StringBuilder();
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
      assertThat(text.toString().lines()).hasSize(11);
      assertThat(text).endsWith("\n");
    }
  }

  private static SimulationSummary write(Path into) throws IOException {
    return SimulationFiles.write(SETTINGS, DAYS, into, (done, days, payments) -> {});
  }

  private static InputStream transactions(Path in) throws IOException {
    return new ZstdInputStream(Files.newInputStream(in.resolve("transactions.csv.zst")));
  }

  private static List<String> rows(Path in) throws IOException {
    try (InputStream bytes = transactions(in)) {
      return new String(bytes.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  private static Map<String, String> digests(Path of) {
    Map<String, String> digests = new TreeMap<>();
    for (String name :
        List.of("transactions.csv.zst", "labels.csv", "cases.csv", "customers.csv", "README.txt")) {
      try {
        digests.put(name, sha256(Files.readAllBytes(of.resolve(name))));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return digests;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
