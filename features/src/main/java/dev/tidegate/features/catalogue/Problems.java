package dev.tidegate.features.catalogue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The problems of one file, collected so that a reader mends them in one go. */
final class Problems {
  private final String file;
  private final SortedMap<Integer, List<String>> byLine = new TreeMap<>();

  Problems(String file) {
    this.file = file;
  }

  /** A file that could not be read at all. */
  static CatalogueException only(String file, String message) {
    return new CatalogueException(List.of(file + ": " + message));
  }

  /** Notes a problem; the same one of a line is noted once. */
  void at(int line, String message) {
    byLine.merge(
        line,
        List.of(message),
        (old, more) -> Stream.concat(old.stream(), more.stream()).distinct().toList());
  }

  boolean isEmpty() {
    return byLine.isEmpty();
  }

  /** Throws if there is any. */
  void refuse() {
    if (!byLine.isEmpty()) {
      throw new CatalogueException(
          byLine.entrySet().stream()
              .flatMap(e -> e.getValue().stream().map(m -> file + " line " + e.getKey() + ": " + m))
              .toList());
    }
  }
}
