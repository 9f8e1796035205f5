package dev.tidegate.app.laundering;

import dev.tidegate.app.Refused;
import dev.tidegate.ingest.csv.InputFile;
import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.csv.RowFault;
import dev.tidegate.ingest.csv.RowReader;
import dev.tidegate.ingest.profile.FileFormat;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the patterns of a set stand: which laundering payments were planted together.
 *
 * @param file name of a CSV file with a header, in the data file's folder; null for the data file
 * @param key its column with the payment's id; null where payments are known by their line
 * @param pattern its column with the pattern's id
 */
record PatternFile(@Nullable String file, @Nullable String key, String pattern) {
  /** Sets whose patterns are known, by the profile they are read with. */
  private static final Map<String, PatternFile> KNOWN =
      Map.of(
          "aml_amlgentex", new PatternFile("labels_laundering_tx.csv", "tx_id", "patternID"),
          "aml_tide", new PatternFile("labels_laundering_tx.csv", "tx_id", "pattern_id"),
          "aml_amlsim", new PatternFile("labels_laundering_tx.csv", "tran_id", "alert_id"),
          "aml_ibm_hi_small_patterns", new PatternFile(null, null, "pattern_id"),
          "simulator_laundering", new PatternFile("labels.csv", "transaction_id", "case_id"));

  /** Patterns of the payments of one data file. */
  static final class Patterns {
    private final boolean byLine;
    private final Map<String, String> patterns = new HashMap<>();

    private Patterns(boolean byLine) {
      this.byLine = byLine;
    }

    /** The pattern of a payment; null if it is part of none. */
    @Nullable String of(Transaction payment) {
      return patterns.get(
          byLine ? Long.toString(payment.getSourceOffset()) : payment.getTransactionId());
    }
  }

  /**
   * Patterns of a data file; none where the profile's set has none or their file is not there.
   *
   * @throws Refused if the file of patterns cannot be read
   */
  static Patterns patternsOf(String profile, Path data) throws IOException {
    PatternFile known = KNOWN.get(profile);
    if (known == null) {
      return new Patterns(false);
    }
    Patterns patterns = new Patterns(known.key == null);
    Path file = known.file == null ? data : data.resolveSibling(known.file);
    if (file.toFile().isFile()) {
      known.read(file, patterns.patterns);
    }
    return patterns;
  }

  private void read(Path file, Map<String, String> into) throws IOException {
    try (RowReader rows = new RowReader(InputFile.of(file).open(), FileFormat.plain())) {
      if (!rows.advance()) {
        throw new Refused(file + " is empty");
      }
      int keyColumn = key == null ? -1 : column(rows, key, file);
      int patternColumn = column(rows, pattern, file);
      while (rows.advance()) {
        Row row = rows.row();
        if (rows.fault() != RowFault.NONE && rows.fault() != RowFault.BLANK) {
          throw new Refused(file + ": line " + row.line() + " cannot be read");
        }
        if (rows.fault() == RowFault.NONE) {
          String payment = keyColumn < 0 ? Long.toString(row.line()) : row.text(keyColumn);
          into.put(payment, row.text(patternColumn));
        }
      }
    }
  }

  private static int column(RowReader rows, String name, Path beside) {
    for (int i = 0; i < rows.row().size(); i++) {
      if (rows.row().text(i).equals(name)) {
        return i;
      }
    }
    throw new Refused(beside + " has no column " + name);
  }
}
