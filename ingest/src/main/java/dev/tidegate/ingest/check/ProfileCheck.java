package dev.tidegate.ingest.check;

import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorCounts;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.Reason;
import dev.tidegate.ingest.profile.CanonicalField;
import dev.tidegate.ingest.profile.FileFormat;
import dev.tidegate.ingest.profile.LabelRule;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.ProfileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the start of a file through a profile and reports what it finds. */
public final class ProfileCheck {
  /** Rows that are counted. */
  public static final int ROWS_COUNTED = 10_000;

  /** Rows that are shown unless said otherwise. */
  public static final int ROWS_SHOWN = 5;

  private ProfileCheck() {}

  /**
   * Reads up to {@value #ROWS_COUNTED} rows. A profile that sorts is read in the order of the file
   * here.
   *
   * @param rowsShown how many payments to show
   * @throws IOException if reading fails
   */
  public static ProfileReport run(Path file, Profile profile, DoorSettings settings, int rowsShown)
      throws IOException {
    Profile unsorted = unsorted(profile);
    try (CsvDoor door = CsvDoor.open(file, unsorted, settings)) {
      List<Map<String, String>> shown = new ArrayList<>();
      Disorder disorder = Disorder.NONE;
      long newestMs = Long.MIN_VALUE;
      boolean more = true;
      while (more && door.counts().rows() < ROWS_COUNTED) {
        DoorResult result = door.next();
        more = result != null;
        if (result instanceof Accepted accepted) {
          long timeMs = accepted.transaction().getEventTimeMs();
          disorder = disorder.with(newestMs == Long.MIN_VALUE ? 0 : newestMs - timeMs);
          newestMs = Math.max(newestMs, timeMs);
          if (shown.size() < rowsShown) {
            shown.add(ShownRow.of(accepted));
          }
        }
      }
      DoorCounts counts = door.counts();
      boolean whole = !more || door.next() == null;
      return report(new Looked(file, door, counts, whole), profile, shown, disorder);
    } catch (InputProblem | ProfileException e) {
      return unfit(file, profile, e);
    }
  }

  /** A file after its rows were counted; {@code whole} if there are no more. */
  private record Looked(Path file, CsvDoor door, DoorCounts counts, boolean whole) {}

  private static Profile unsorted(Profile profile) {
    FileFormat f = profile.format();
    FileFormat format =
        new FileFormat(
            f.delimiter(),
            f.header(),
            f.columns(),
            f.charset(),
            f.multiline(),
            false,
            f.trim(),
            f.disorder(),
            f.nulls(),
            f.futureLimit());
    return new Profile(
        profile.name(),
        profile.title(),
        format,
        profile.filter(),
        profile.time(),
        profile.money(),
        profile.card(),
        profile.texts(),
        profile.label(),
        profile.expect());
  }

  private static ProfileReport unfit(Path file, Profile profile, RuntimeException problem) {
    return new ProfileReport(
        profile.name(),
        file.toString(),
        false,
        List.of(String.valueOf(problem.getMessage())),
        List.of(),
        ProfileWords.mapped(profile),
        List.of(),
        List.of(),
        0,
        false,
        0,
        0,
        0,
        0,
        0,
        Map.of(),
        Disorder.NONE);
  }

  private static ProfileReport report(
      Looked looked, Profile profile, List<Map<String, String>> shown, Disorder disorder) {
    CsvDoor door = looked.door();
    DoorCounts counts = looked.counts();
    Set<String> used = profile.columns();
    return new ProfileReport(
        profile.name(),
        looked.file().toString(),
        counts.rows() == 0 || counts.accepted() > 0,
        problems(door, counts, profile, disorder),
        shown,
        ProfileWords.mapped(profile),
        ProfileWords.empty(profile),
        door.columns().stream().filter(column -> !used.contains(column)).toList(),
        counts.rows(),
        looked.whole(),
        counts.accepted(),
        counts.duplicates(),
        counts.skipped(),
        counts.positives(),
        counts.negatives(),
        counts.rejected(),
        disorder);
  }

  private static List<String> problems(
      CsvDoor door, DoorCounts counts, Profile profile, Disorder disorder) {
    List<String> problems = new ArrayList<>();
    LabelRule label = profile.label();
    if (label != null && !door.labelled()) {
      problems.add(
          "the file of labels, "
              + label.file()
              + ", is not beside the data: replay works, train and evaluate will not");
    }
    if (counts.rows() == 0) {
      problems.add("the file has a header and no rows");
    } else if (counts.accepted() == 0) {
      problems.add("no row could be read as a payment; see the reasons below");
    } else if (counts.rejectedTotal() * 10 > counts.rows()) {
      problems.add(
          "more than a tenth of the rows is rejected; is the profile the right one for this file?");
    }
    if (!profile.fills(CanonicalField.TRANSACTION_ID)) {
      problems.add(
          "no transactionId: ids are made of the line number, and a row that stands twice counts"
              + " twice");
    }
    if (counts.rejected().containsKey(Reason.CARD_MISPLACED.code())) {
      problems.add(
          "some rows hold what looks like a card number in a field that is not the card, and are"
              + " rejected; map that column to card, or say notCard: true at the field if its"
              + " numbers are none");
    }
    FileFormat format = profile.format();
    if (!format.sort() && disorder.largestMs() > format.disorder().toMillis()) {
      problems.add(
          "rows are further out of the order of their times than the profile allows, and would be"
              + " answered late, without what came before them; say file: {sort: true}, or"
              + " disorder: "
              + ProfileWords.span(disorder.largestMs())
              + " or more");
    }
    return problems;
  }
}
