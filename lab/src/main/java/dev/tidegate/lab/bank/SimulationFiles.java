package dev.tidegate.lab.bank;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a simulation as files: {@code transactions.csv.zst} for the door, and beside it the truth
 * ({@code labels.csv} with the planted payments alone, {@code cases.csv}), {@code customers.csv}
 * and {@code README.txt}. The same settings and days give the same bytes.
 */
public final class SimulationFiles {
  /** Columns of {@code labels.csv}. */
  public static final String LABELS_HEADER = "transaction_id,kind,case_id,lane";

  private static final int ZSTD_LEVEL = 6;

  /** Told how far the writing is. */
  @FunctionalInterface
  public interface Progress {
    /** After each day: days done, days in all, payments so far. */
    void day(int done, int days, long transactions);
  }

  private final Map<PlantedKind, Long> byKind = new EnumMap<>(PlantedKind.class);
  private final CaseLedger cases = new CaseLedger();
  private final SimulatorSettings settings;
  private final int days;
  private long transactions;

  private SimulationFiles(SimulatorSettings settings, int days) {
    this.settings = settings;
    this.days = days;
    for (PlantedKind kind : PlantedKind.values()) {
      byKind.put(kind, 0L);
    }
  }

  /**
   * Writes the first days of a bank into a folder, which is made if need be; files of the same
   * names are replaced.
   *
   * @throws IllegalArgumentException when there is not at least one day
   * @throws IOException when a file cannot be written; what was written stays
   */
  public static SimulationSummary write(
      SimulatorSettings settings, int days, Path folder, Progress progress) throws IOException {
    if (days < 1) {
      throw new IllegalArgumentException("days must be at least 1, not " + days);
    }
    Files.createDirectories(folder);
    return new SimulationFiles(settings, days).write(folder, progress);
  }

  /** The row of {@code labels.csv} for a payment, or null for an honest one. */
  public static @Nullable String labelRow(SimulatedTransaction payment) {
    PlantedCase planted = payment.planted();
    if (planted == null) {
      return null;
    }
    PlantedKind kind = planted.kind();
    return String.join(
        ",", payment.transactionId(), kind.code(), planted.caseId(), kind.lane().code());
  }

  private SimulationSummary write(Path folder, Progress progress) throws IOException {
    try (Writer payments = compressed(folder.resolve("transactions.csv.zst"));
        Writer labels = plain(folder.resolve("labels.csv"))) {
      payments.append(SimulatorCsv.HEADER).append('\n');
      labels.append(LABELS_HEADER).append('\n');
      pour(payments, labels, progress);
    }
    SimulationSummary summary = summary();
    try (Writer out = plain(folder.resolve("cases.csv"))) {
      out.append(cases.csv());
    }
    try (Writer out = plain(folder.resolve("customers.csv"))) {
      CustomerCsv.write(settings, out);
    }
    try (Writer out = plain(folder.resolve("README.txt"))) {
      out.append(readme(summary));
    }
    return summary;
  }

  private void pour(Writer payments, Writer labels, Progress progress) throws IOException {
    Iterator<SimulatedTransaction> all = new BankSimulator(settings).transactions(days);
    int today = 0;
    while (all.hasNext()) {
      SimulatedTransaction payment = all.next();
      int day = (int) ((payment.eventTimeMs() - settings.startMs()) / Day.MS);
      for (; today < day; today++) {
        progress.day(today + 1, days, transactions);
      }
      transactions++;
      payments.append(SimulatorCsv.row(payment)).append('\n');
      PlantedCase planted = payment.planted();
      if (planted != null) {
        labels.append(labelRow(payment)).append('\n');
        cases.note(payment, planted);
        byKind.merge(planted.kind(), 1L, Long::sum);
      }
    }
    progress.day(days, days, transactions);
  }

  private SimulationSummary summary() {
    return new SimulationSummary(
        transactions, count(Lane.FRAUD), count(Lane.LAUNDERING), cases.cases(), byKind);
  }

  private long count(Lane lane) {
    return byKind.entrySet().stream()
        .filter(entry -> entry.getKey().lane() == lane)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private String readme(SimulationSummary summary) {
    StringBuilder out = new StringBuilder(512);
    out.append("Simulated bank; nobody in it exists.\n\n");
    out.append("seed ").append(settings.seed()).append('\n');
    out.append("customers ").append(settings.customers()).append('\n');
    out.append("first day ").append(settings.startDate()).append(" UTC\n");
    out.append("days ").append(days).append('\n');
    out.append("transactions ").append(summary.transactions()).append('\n');
    out.append("fraud ").append(summary.fraud()).append('\n');
    out.append("laundering ").append(summary.laundering()).append('\n');
    out.append("cases ").append(summary.cases()).append("\n\nplanted transactions by kind\n");
    for (PlantedKind kind : PlantedKind.values()) {
      out.append(kind.code()).append(' ').append(byKind.get(kind)).append('\n');
    }
    out.append("\nlabels.csv names the planted transactions; all others are honest.\n");
    return out.toString();
  }

  private static Writer compressed(Path file) throws IOException {
    ZstdOutputStream zstd = new ZstdOutputStream(Files.newOutputStream(file), ZSTD_LEVEL);
    return writer(zstd.setChecksum(true));
  }

  private static Writer plain(Path file) throws IOException {
    return writer(Files.newOutputStream(file));
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }
}
