package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The 14 features that the Fraud Detection Handbook publishes for its data, two flags of the time
 * and twelve windows, declared in {@code handbook.yaml}: customer windows hold the payment,
 * terminal windows end seven days before it, with labels known from then on.
 */
class HandbookFeaturesTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final long DELAY_MS = 7 * 86_400_000L;
  private static final int FIRST_FLAG_COLUMN = 9;
  private static final int FIRST_FLAG_FEATURE = 1;
  private static final int FIRST_WINDOW_COLUMN = 11;
  private static final int FIRST_WINDOW_FEATURE = 3;

  private final Catalogue catalogue = Catalogue.read(Path.of("src/test/resources/handbook.yaml"));
  private final PaymentReader reader = new PaymentReader(catalogue);
  private final VectorWriter writer = new VectorWriter(catalogue);
  private final Stage customers = new Stage(catalogue, Entity.CUSTOMER);
  private final Stage terminals = new Stage(catalogue, Entity.TERMINAL);
  private final Queue<Marked> frauds = new ArrayDeque<>();

  /** A fraud that will be known. */
  private record Marked(long knownAtMs, Event event, String terminal) {}

  /** One entity's histories, by id. */
  private static final class Stage {
    private final List<MeasureAt> measures;
    private final EntityWindows windows;
    private final double[] answers;
    private final Map<String, EntityHistory> histories = new HashMap<>();

    Stage(Catalogue catalogue, Entity entity) {
      measures = catalogue.measures(entity);
      windows = new EntityWindows(catalogue.layout(entity));
      answers = new double[windows.size()];
    }

    void add(String id, Event event, double[] vector) {
      boolean tiled =
          windows.add(histories.computeIfAbsent(id, i -> windows.empty()), event, answers);
      assertThat(tiled).isFalse();
      for (int i = 0; i < answers.length; i++) {
        vector[measures.get(i).place()] = answers[i];
      }
    }

    void label(String id, Event event) {
      windows.label(histories.get(id), event, true);
    }
  }

  @Test
  void shouldEqualThePublishedFeatures() throws IOException {
    Path folder = Path.of(System.getProperty("tidegate.shared", "shared"), "data/card_handbook");
    Path transactions = folder.resolve("transactions_2018-04-01_2018-09-04.csv.zst");
    if (!Files.exists(transactions)) {
      System.out.println("skipped: not found: " + transactions);
      Assumptions.abort("not found");
    }
    int rows = 0;
    List<String> unequal = new ArrayList<>();
    try (BufferedReader payments = open(transactions);
        BufferedReader published =
            open(folder.resolve("features_oracle_2018-07-25_2018-08-14.csv.zst"))) {
      payments.readLine();
      published.readLine();
      String expected = published.readLine();
      for (String line = payments.readLine();
          line != null && expected != null;
          line = payments.readLine()) {
        String[] cells = line.split(",");
        FeatureVector vector = compute(cells);
        if (expected.startsWith(cells[0] + ",")) {
          rows++;
          if (!agrees(expected.split(","), vector.getValues())) {
            unequal.add(cells[0]);
          }
          expected = published.readLine();
        }
      }
      assertThat(expected).as("the next published row").isNull();
    }
    System.out.println(
        "handbook rows with equal features: " + (rows - unequal.size()) + " of " + rows);
    assertThat(rows).isGreaterThan(200_000);
    assertThat(unequal).hasSizeLessThanOrEqualTo(rows / 10_000);
  }

  private FeatureVector compute(String[] cells) {
    Transaction transaction = transaction(cells);
    Payment payment = reader.read(transaction);
    while (!frauds.isEmpty() && frauds.peek().knownAtMs() <= payment.timeMs) {
      Marked known = frauds.remove();
      terminals.label(known.terminal(), known.event());
    }
    Event event = payment.event();
    payment.makeRoom(catalogue.size(), 0);
    customers.add(cells[2], event, payment.values);
    terminals.add(cells[3], event, payment.values);
    if (cells[7].equals("1")) {
      frauds.add(new Marked(payment.timeMs + DELAY_MS, event, cells[3]));
    }
    return writer.write(payment, transaction);
  }

  private static Transaction transaction(String[] cells) {
    long timeMs = LocalDateTime.parse(cells[1], TIME).toEpochSecond(ZoneOffset.UTC) * 1000;
    long cents =
        new BigDecimal(cells[4]).movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValue();
    return Transaction.newBuilder(Payments.payment(cells[0], timeMs, cells[2], cells[3], cents))
        .setCustomerId(cells[2])
        .build();
  }

  /** Missing is equal to nothing: the published file has a number in every place. */
  private static boolean agrees(String[] cells, List<Float> ours) {
    for (int i = FIRST_FLAG_FEATURE; i < ours.size(); i++) {
      int column =
          i < FIRST_WINDOW_FEATURE
              ? FIRST_FLAG_COLUMN + i - FIRST_FLAG_FEATURE
              : FIRST_WINDOW_COLUMN + order(i);
      double published = Double.parseDouble(cells[column]);
      double off = Math.abs(ours.get(i) - published);
      if (Double.isNaN(off) || off > 1e-6 * Math.max(1, Math.abs(published))) {
        return false;
      }
    }
    return true;
  }

  /** The published file goes window by window, the catalogue aggregate by aggregate. */
  private static int order(int feature) {
    int group = (feature - FIRST_WINDOW_FEATURE) / 6;
    int within = (feature - FIRST_WINDOW_FEATURE) % 6;
    return 6 * group + 2 * (within % 3) + within / 3;
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
