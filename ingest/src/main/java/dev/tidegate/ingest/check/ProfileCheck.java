package dev.tidegate.ingest.check;

import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorCounts;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorSettings;
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
      boolean more = true;
      while (more && door.counts().rows() < ROWS_COUNTED) {
        DoorResult result = door.next();
        more = result != null;
        if (result instanceof Accepted accepted && shown.size() < rowsShown) {
          shown.add(ShownRow.of(accepted));
        }
      }
      DoorCounts counts = door.counts();
      return report(file, door, counts, shown, more && door.next() != null);
    } catch (InputProblem | ProfileException e) {
      return unfit(file, profile, e);
    }
  }

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
        Map.of());
  }

  private static ProfileReport report(
      Path file, CsvDoor door, DoorCounts counts, List<Map<String, String>> shown, boolean more) {
    Profile profile = door.profile();
    Set<String> used = profile.columns();
    return new ProfileReport(
        profile.name(),
        file.toString(),
        counts.rows() == 0 || counts.accepted() > 0,
        problems(door, counts),
        shown,
        ProfileWords.mapped(profile),
        ProfileWords.empty(profile),
        door.columns().stream().filter(column -> !used.contains(column)).toList(),
        counts.rows(),
        !more,
        counts.accepted(),
        counts.duplicates(),
        counts.skipped(),
        counts.positives(),
        counts.negatives(),
        counts.rejected());
  }

  private static List<String> problems(CsvDoor door, DoorCounts counts) {
    List<String> problems = new ArrayList<>();
    Profile profile = door.profile();
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
    return problems;
  }
}
