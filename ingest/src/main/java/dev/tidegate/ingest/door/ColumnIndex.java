package dev.tidegate.ingest.door;

import dev.tidegate.ingest.profile.NearestName;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.ProfileException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Positions of a file's columns by name. */
final class ColumnIndex {
  /** Five digits in a row, an address or a time are no part of a column name. */
  private static final Pattern VALUE = Pattern.compile("\\d{5}|\\d\\.\\d|\\d:\\d|\\d-\\d|@");

  private final List<String> names;

  ColumnIndex(List<String> names) {
    this.names = names;
  }

  int size() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  /** Position of a column that is known to be there. */
  int of(String column) {
    return names.indexOf(column);
  }

  String name(int position) {
    return names.get(position);
  }

  /** Columns that the profile names and the file lacks, each with the nearest name it has. */
  List<String> missing(Profile profile) {
    List<String> missing = new ArrayList<>();
    List<String> shown = shown();
    // A file with none of the label's columns is one without labels; with some, it is damaged.
    boolean unlabelled = profile.labelColumns().stream().noneMatch(names::contains);
    for (String column : profile.columns()) {
      if (!names.contains(column) && !(unlabelled && profile.labelColumns().contains(column))) {
        missing.add("'" + column + "'" + NearestName.hint(column, shown));
      }
    }
    return missing;
  }

  /**
   * The names as messages may show them. A file without a header has a payment on its first line:
   * what looks like a value is not shown.
   */
  List<String> shown() {
    return names.stream().map(name -> VALUE.matcher(name).find() ? "(a value?)" : name).toList();
  }

  /**
   * Refuses a file that lacks a column of the profile, or names one twice.
   *
   * @throws ProfileException with every such column
   */
  void check(Profile profile, String file) {
    List<String> missing = missing(profile);
    if (!missing.isEmpty()) {
      throw new ProfileException(
          "profile "
              + profile.name()
              + " does not fit "
              + file
              + ": the file has no column "
              + String.join(", no column ", missing)
              + " (its columns: "
              + String.join(", ", shown())
              + ")");
    }
    for (String column : profile.columns()) {
      if (names.indexOf(column) != names.lastIndexOf(column)) {
        throw new ProfileException(file + " has two columns '" + column + "'");
      }
    }
  }
}
