package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.InputFile;
import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.csv.RowFault;
import dev.tidegate.ingest.csv.RowReader;
import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorResult.Duplicate;
import dev.tidegate.ingest.door.DoorResult.Refused;
import dev.tidegate.ingest.door.DoorResult.Skipped;
import dev.tidegate.ingest.profile.CanonicalField;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV file, or a stream of CSV, row by row. Every record gives exactly one result; a packed
 * file that is cut off gives one last rejection, {@link Reason#FILE_TRUNCATED}, after the results
 * of all complete lines before. A profile with {@code sort} has the whole file read at the first
 * call (about 0.5 kB a row): rejections, duplicates and skipped rows come first in the order of the
 * file, then the payments by time, equal times in the order of the file. Not thread safe.
 */
public final class CsvDoor implements AutoCloseable {
  // configuration
  private final Profile profile;
  private final DoorSettings settings;
  private final RowReader rows;
  private final ColumnIndex index;
  private final RowChecks checks;
  private final TransactionMapper mapper;
  private final Labels labels;
  private final @Nullable Repetitions repetitions;
  private final boolean labelled;

  // runtime
  private final Map<String, Long> rejected = new TreeMap<>();
  private long records;
  private long accepted;
  private long duplicates;
  private long skipped;
  private long positives;
  private long negatives;
  private @Nullable Iterator<DoorResult> sorted;

  private CsvDoor(Profile profile, DoorSettings settings, Opened opened) {
    this.profile = profile;
    this.settings = settings;
    this.rows = opened.rows();
    this.index = opened.index();
    this.checks = new RowChecks(profile, index);
    this.mapper = new TransactionMapper(profile, index, settings);
    this.labels = new Labels(profile, index, settings.labelDelay(), opened.beside());
    LabelRule label = profile.label();
    this.labelled =
        label != null
            && (label.file() == null
                ? index.names().containsAll(profile.labelColumns())
                : opened.beside() != null);
    this.repetitions =
        profile.fills(CanonicalField.TRANSACTION_ID) ? new Repetitions(settings) : null;
  }

  private record Opened(RowReader rows, ColumnIndex index, @Nullable LabelLookup beside) {}

  /**
   * Opens a file, plain or packed; {@code ARCHIVE!ENTRY} names an entry of an archive.
   *
   * @throws InputProblem if the file or its labels cannot be opened
   * @throws dev.tidegate.ingest.profile.ProfileException if the profile does not fit the file
   * @throws IOException if reading fails
   */
  public static CsvDoor open(Path file, Profile profile, DoorSettings settings) throws IOException {
    InputFile input = InputFile.of(file);
    return open(input.open(), input.text(), input, profile, settings);
  }

  /**
   * Opens a stream of plain CSV.
   *
   * @param name what to call it in messages
   * @throws InputProblem if its header or its labels cannot be read
   * @throws dev.tidegate.ingest.profile.ProfileException if the profile does not fit it
   * @throws IOException if reading fails
   */
  public static CsvDoor open(
      InputStream stream, String name, Profile profile, DoorSettings settings) throws IOException {
    return open(stream, name, null, profile, settings);
  }

  private static CsvDoor open(
      InputStream stream,
      String name,
      @Nullable InputFile file,
      Profile profile,
      DoorSettings settings)
      throws IOException {
    RowReader rows = new RowReader(stream, profile.format());
    try {
      ColumnIndex index =
          profile.format().header()
              ? header(rows, name)
              : new ColumnIndex(profile.format().columns());
      index.check(profile, name);
      return new CsvDoor(
          profile, settings, new Opened(rows, index, beside(profile, settings, file)));
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static ColumnIndex header(RowReader rows, String name) {
    if (!rows.advance()) {
      throw new InputProblem(name + " is empty");
    }
    if (rows.fault() == RowFault.CUT_OFF) {
      throw new InputProblem(name + " is cut off or damaged before its first line ends");
    }
    if (rows.fault() != RowFault.NONE) {
      throw new InputProblem(
          name + ": the first line is no header: " + Reason.of(rows.fault()).sentence());
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rows.row().size(); i++) {
      names.add(rows.row().text(i));
    }
    return new ColumnIndex(names);
  }

  private static @Nullable LabelLookup beside(
      Profile profile, DoorSettings settings, @Nullable InputFile data) throws IOException {
    LabelRule rule = profile.label();
    if (rule == null || rule.file() == null) {
      return null;
    }
    if (settings.labels() != null) {
      return settings.labels();
    }
    InputFile file = Labels.find(rule, settings.labelFile(), data);
    return file == null ? null : Labels.readBeside(rule, file)::get;
  }

  /** The next result, or null at the end. */
  public @Nullable DoorResult next() {
    if (!profile.format().sort()) {
      return read();
    }
    if (sorted == null) {
      sorted = sortAll();
    }
    return sorted.hasNext() ? sorted.next() : null;
  }

  private Iterator<DoorResult> sortAll() {
    List<DoorResult> results = new ArrayList<>();
    List<DoorResult> payments = new ArrayList<>();
    for (DoorResult result = read(); result != null; result = read()) {
      (result instanceof Accepted ? payments : results).add(result);
    }
    payments.sort(
        Comparator.comparingLong(
            result ->
                result instanceof Accepted payment ? payment.transaction().getEventTimeMs() : 0L));
    results.addAll(payments);
    return results.iterator();
  }

  private @Nullable DoorResult read() {
    if (!rows.advance()) {
      return null;
    }
    records++;
    Row row = rows.row();
    if (rows.fault() != RowFault.NONE) {
      return refuse(row, new Fault(Reason.of(rows.fault()), null));
    }
    if (row.size() != index.size()) {
      return refuse(row, new Fault(Reason.WRONG_COLUMN_COUNT, null));
    }
    if (checks.leavesOut(row)) {
      skipped++;
      return new Skipped(row.line());
    }
    Fault fault = checks.fault(row);
    if (fault == null) {
      fault = labels.read(row);
    }
    return fault == null ? accept(row) : refuse(row, fault);
  }

  private DoorResult accept(Row row) {
    Transaction transaction = mapper.map(row);
    if (transaction == null) {
      return refuse(row, Objects.requireNonNull(mapper.fault()));
    }
    if (repetitions != null) {
      switch (repetitions.see(transaction)) {
        case SAME -> {
          duplicates++;
          return new Duplicate(row.line());
        }
        case OTHER -> {
          return refuse(row, new Fault(Reason.ID_CONFLICT, CanonicalField.TRANSACTION_ID.key()));
        }
        case FRESH -> {}
      }
    }
    Label label = labels.of(transaction);
    accepted++;
    if (label != null) {
      if (label.getFraud()) {
        positives++;
      } else {
        negatives++;
      }
    }
    return new Accepted(transaction, label);
  }

  private DoorResult refuse(Row row, Fault fault) {
    rejected.merge(fault.reason().code(), 1L, Long::sum);
    return new Refused(
        new Rejected(
            profile.name(),
            row.line(),
            fault.reason().code(),
            fault.field(),
            fault.reason().sentence(),
            settings.clock().millis(),
            null,
            null));
  }

  /** The profile in use. */
  public Profile profile() {
    return profile;
  }

  /** Names of the file's columns, in order. */
  public List<String> columns() {
    return index.names();
  }

  /**
   * True if labels can be read; false if the profile names none, or names a file of labels that is
   * not there.
   */
  public boolean labelled() {
    return labelled;
  }

  /** What became of the rows read so far. */
  public DoorCounts counts() {
    return new DoorCounts(
        records, accepted, duplicates, skipped, positives, negatives, Map.copyOf(rejected));
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
