package dev.tidegate.ingest.door;

import dev.tidegate.ingest.profile.NearestName;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.ProfileException;
import java.util.ArrayList;
import java.util.List;

/** Positions of a file's columns by name. */
final class ColumnIndex {
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
    for (String column : profile.columns()) {
      if (!names.contains(column)) {
        missing.add("'" + column + "'" + NearestName.hint(column, names));
      }
    }
    return missing;
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
              + String.join(", ", names)
              + ")");
    }
    for (String column : profile.columns()) {
      if (names.indexOf(column) != names.lastIndexOf(column)) {
        throw new ProfileException(file + " has two columns '" + column + "'");
      }
    }
  }
}
