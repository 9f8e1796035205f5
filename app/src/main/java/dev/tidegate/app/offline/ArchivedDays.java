package dev.tidegate.app.offline;

import dev.tidegate.features.archive.HistoryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The finished files of a history's table by the day of their payments, at the moment of looking.
 *
 * @param byDay days that have files, with these
 */
record ArchivedDays(NavigableMap<LocalDate, List<Path>> byDay) {
  private static final String DAY = "day=";

  /** What is there now; nothing if the table is not. */
  static ArchivedDays of(Path history, HistoryTable table) throws IOException {
    NavigableMap<LocalDate, List<Path>> byDay = new TreeMap<>();
    Path folder = history.resolve(table.folder());
    if (Files.isDirectory(folder)) {
      for (Path day : list(folder)) {
        String name = day.getFileName().toString();
        if (name.startsWith(DAY) && Files.isDirectory(day)) {
          List<Path> files =
              list(day).stream().filter(file -> file.toString().endsWith(".parquet")).toList();
          if (!files.isEmpty()) {
            byDay.put(dateOf(name), files);
          }
        }
      }
    }
    return new ArchivedDays(byDay);
  }

  private static LocalDate dateOf(String folder) throws IOException {
    try {
      return LocalDate.parse(folder.substring(DAY.length()));
    } catch (DateTimeException e) {
      throw new IOException("folder " + folder + " of the history is no day", e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  boolean isEmpty() {
    return byDay.isEmpty();
  }

  LocalDate first() {
    return byDay.firstKey();
  }

  LocalDate last() {
    return byDay.lastKey();
  }

  /** All files, the oldest day first. */
  List<Path> all() {
    return byDay.values().stream().flatMap(Collection::stream).toList();
  }

  /** The files of a day and those after it, the oldest day first. */
  List<Path> since(LocalDate day) {
    return byDay.tailMap(day, true).values().stream().flatMap(Collection::stream).toList();
  }
}
