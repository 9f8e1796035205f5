package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.tidegate.features.window.Aggregate;
import dev.tidegate.features.window.HeapChunkStore;
import dev.tidegate.features.window.SlidingWindows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The kernel against the window features that the Fraud Detection Handbook publishes. */
class HandbookFeaturesTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int FIRST_WINDOW_COLUMN = 11;
  private static final int DAYS = 3; // 1 d, 7 d and 30 d, behind 1 h

  @Test
  void shouldEqualThePublishedCustomerWindows() throws IOException {
    Path folder = Path.of(System.getProperty("tidegate.shared", "shared"), "data/card_handbook");
    Path transactions = folder.resolve("transactions_2018-04-01_2018-09-04.csv.zst");
    if (!Files.exists(transactions)) {
      System.out.println("skipped: not found: " + transactions);
      Assumptions.abort("not found");
    }
    Map<String, Aggregate[]> ours = compute(transactions);
    int rows = 0;
    int equal = 0;
    try (BufferedReader lines =
        open(folder.resolve("features_oracle_2018-07-25_2018-08-14.csv.zst"))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        rows++;
        equal += agrees(cells, ours.get(cells[0])) ? 1 : 0;
      }
    }
    System.out.println("handbook rows with equal windows: " + equal + " of " + rows);
    assertThat(equal).isGreaterThanOrEqualTo((int) Math.ceil(rows * 0.9999));
  }

  private static boolean agrees(String[] cells, Aggregate[] windows) {
    for (int i = 0; i < DAYS; i++) {
      int column = FIRST_WINDOW_COLUMN + 2 * i;
      Aggregate window = windows[i + 1];
      double mean = Double.parseDouble(cells[column + 1]);
      if (window.count() != Long.parseLong(cells[column])
          || Math.abs(window.mean() / 100 - mean) > 1e-6 * Math.max(1, mean)) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Aggregate[]> compute(Path transactions) throws IOException {
    SlidingWindows windows = FeatureSet.windows();
    Map<String, HeapChunkStore> customers = new HashMap<>();
    Map<String, Aggregate[]> known = new HashMap<>();
    try (BufferedReader lines = open(transactions)) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",");
        Aggregate[] aggregates =
            windows.add(
                customers.computeIfAbsent(cells[2], id -> new HeapChunkStore()),
                LocalDateTime.parse(cells[1], TIME).toEpochSecond(ZoneOffset.UTC) * 1000,
                new BigDecimal(cells[4])
                    .movePointRight(2)
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact(),
                Long.parseLong(cells[0]));
        if (cells[1].compareTo("2018-07-25") >= 0 && cells[1].compareTo("2018-08-15") < 0) {
          known.put(cells[0], aggregates);
        }
      }
    }
    return known;
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
