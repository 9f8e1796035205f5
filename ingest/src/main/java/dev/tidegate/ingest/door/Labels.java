package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.InputFile;
import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.csv.RowFault;
import dev.tidegate.ingest.csv.RowReader;
import dev.tidegate.ingest.profile.FileFormat;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.TextRule;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what payments turned out to be. Not thread safe. */
final class Labels {
  /** What a row's label says. */
  private enum Verdict {
    FRAUD,
    LEGITIMATE,
    UNKNOWN,
    UNREADABLE
  }

  // configuration
  private final @Nullable LabelRule rule;
  private final String origin;
  private final long delayMs;
  private final int column;
  private final @Nullable TextReader kindText;
  private final @Nullable LabelLookup beside;

  // runtime
  private Verdict verdict = Verdict.UNKNOWN;
  private @Nullable String kind;

  Labels(
      Profile profile, ColumnIndex index, @Nullable Duration delay, @Nullable LabelLookup beside) {
    LabelRule label = profile.label();
    this.rule = label;
    this.origin = profile.name();
    this.beside = beside;
    boolean inFile =
        label != null && label.file() == null && index.names().containsAll(profile.labelColumns());
    this.delayMs = delay != null ? delay.toMillis() : label == null ? 0 : label.delay().toMillis();
    String labelColumn = label == null ? null : label.column();
    TextRule kindRule = label == null ? null : label.kind();
    this.column = inFile && labelColumn != null ? index.of(labelColumn) : -1;
    this.kindText = inFile && kindRule != null ? new TextReader(kindRule, index) : null;
  }

  /** Reads a row's label, before its transaction is made; null if all is well. */
  @Nullable Fault read(Row row) {
    LabelRule label = rule;
    if (column < 0 || label == null) {
      return null;
    }
    verdict = verdict(row.text(column), label);
    kind = verdict == Verdict.FRAUD && kindText != null ? kindText.read(row) : null;
    if (kind != null && holdsCard(kind, kindText)) {
      return new Fault(Reason.CARD_MISPLACED, "label.kind");
    }
    return verdict == Verdict.UNREADABLE ? new Fault(Reason.LABEL_UNREADABLE, "label") : null;
  }

  private static boolean holdsCard(String kind, @Nullable TextReader reader) {
    return reader != null && !reader.notCard() && CardNumbers.in(kind);
  }

  private static Verdict verdict(String value, LabelRule label) {
    if (label.positive().contains(value)) {
      return Verdict.FRAUD;
    }
    if (label.unknown().contains(value)) {
      return Verdict.UNKNOWN;
    }
    boolean negative =
        label.negative().isEmpty() ? !value.isEmpty() : label.negative().contains(value);
    return negative ? Verdict.LEGITIMATE : Verdict.UNREADABLE;
  }

  /** The label of the transaction made from the row that was read last, or null. */
  @Nullable Label of(Transaction transaction) {
    if (beside != null) {
      String found = beside.kindOf(transaction.getTransactionId());
      verdict = found == null ? Verdict.LEGITIMATE : Verdict.FRAUD;
      kind = found == null || found.isEmpty() ? null : found;
    } else if (column < 0) {
      return null;
    }
    if (verdict == Verdict.UNKNOWN) {
      return null;
    }
    return new Label(
        transaction.getTransactionId(),
        transaction.getEventTimeMs(),
        transaction.getEventTimeMs() + delayMs,
        verdict == Verdict.FRAUD,
        kind,
        origin);
  }

  /** The file of labels: the one given, else the one beside the data; null if neither is there. */
  static @Nullable InputFile find(LabelRule rule, @Nullable Path given, @Nullable InputFile data) {
    if (given != null) {
      return InputFile.of(given);
    }
    if (data == null || rule.file() == null) {
      return null;
    }
    for (String suffix : List.of("", ".zst", ".gz")) {
      Path candidate = data.path().resolveSibling(rule.file() + suffix);
      if (candidate.toFile().isFile()) {
        return new InputFile(candidate, null);
      }
    }
    return null;
  }

  /**
   * Positives of a file beside: transaction id -> kind, empty if it names none. Blank lines may
   * stand at its end, as editors leave them, and nowhere else.
   *
   * @throws InputProblem if a row cannot be read or a column is not there
   */
  static Map<String, String> readBeside(LabelRule rule, InputFile file) throws IOException {
    Map<String, String> positives = new HashMap<>();
    try (RowReader rows = new RowReader(file.open(), FileFormat.plain())) {
      ColumnIndex index = header(rows, file, rule);
      TextReader kindText = rule.kind() == null ? null : new TextReader(rule.kind(), index);
      int key = index.of(String.valueOf(rule.key()));
      int column = rule.column() == null ? -1 : index.of(rule.column());
      long blank = 0;
      while (rows.advance()) {
        Row row = rows.row();
        if (rows.fault() == RowFault.BLANK) {
          blank = blank == 0 ? row.line() : blank;
          continue;
        }
        if (blank > 0 || rows.fault() != RowFault.NONE || row.size() != index.size()) {
          throw unreadable(file, blank > 0 ? blank : row.line(), "cannot be read");
        }
        if (column < 0 || rule.positive().contains(row.text(column))) {
          String kind = kindText == null ? null : kindText.read(row);
          if (kind != null && holdsCard(kind, kindText)) {
            throw unreadable(file, row.line(), "has what looks like a card number as its kind");
          }
          positives.put(row.text(key), kind == null ? "" : kind);
        }
      }
    }
    return positives;
  }

  private static InputProblem unreadable(InputFile file, long line, String what) {
    return new InputProblem("labels in " + file.text() + ": line " + line + " " + what);
  }

  private static ColumnIndex header(RowReader rows, InputFile file, LabelRule rule) {
    if (!rows.advance() || rows.fault() != RowFault.NONE) {
      throw new InputProblem("labels in " + file.text() + ": the header cannot be read");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows.row().size(); i++) {
      names.add(rows.row().text(i));
    }
    List<String> needed = new ArrayList<>();
    needed.add(String.valueOf(rule.key()));
    if (rule.column() != null) {
      needed.add(rule.column());
    }
    if (rule.kind() != null) {
      needed.addAll(rule.kind().columns());
    }
    for (String column : needed) {
      if (!names.contains(column)) {
        throw new InputProblem(
            "labels in "
                + file.text()
                + ": no column '"
                + column
                + "' (its columns: "
                + String.join(", ", new ColumnIndex(names).shown())
                + ")");
      }
    }
    return new ColumnIndex(names);
  }
}
