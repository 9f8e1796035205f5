package dev.tidegate.retrain;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The Fraud Detection Handbook's simulated transactions, read from where the system property {@code
 * tidegate.shared} says. Tests that need them are skipped where they are not.
 */
public final class HandbookRows {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final Path FILE =
      Path.of(System.getProperty("tidegate.shared", "shared"))
          .resolve("data/card_handbook/transactions_2018-04-01_2018-09-04.csv.zst");

  private HandbookRows() {}

  /** One transaction. */
  public record Row(
      String id, long timeMs, String customer, String terminal, double amount, int scenario) {
    public boolean fraud() {
      return scenario > 0;
    }
  }

  /** True if the file is there; says in one line if not. */
  public static boolean present() {
    boolean present = Files.isReadable(FILE);
    if (!present) {
      System.out.println("skipped: not found: " + FILE);
    }
    return present;
  }

  /** Feeds every row, oldest first. */
  public static void read(Consumer<Row> sink) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        sink.accept(
            new Row(
                cells[0],
                LocalDateTime.parse(cells[1], TIME).toInstant(ZoneOffset.UTC).toEpochMilli(),
                cells[2],
                cells[3],
                Double.parseDouble(cells[4]),
                Integer.parseInt(cells[8])));
      }
    }
  }
}
