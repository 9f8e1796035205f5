package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.profile.TextRule;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a field by a {@link TextRule}. Not thread safe. */
final class TextReader {
  private final int[] columns;
  private final String join;
  private final @Nullable String constant;
  private final Set<String> nulls;
  private final boolean onlyEmptyIsNull;
  private final Map<String, String> values;
  private final @Nullable String fallback;
  private final boolean notCard;
  private final StringBuilder joined = new StringBuilder();

  TextReader(TextRule rule, ColumnIndex index) {
    columns = rule.columns().stream().mapToInt(index::of).toArray();
    join = rule.join();
    constant = rule.constant();
    nulls = rule.nulls();
    onlyEmptyIsNull = nulls.equals(Set.of(""));
    values = rule.values();
    fallback = rule.fallback();
    notCard = rule.notCard() || rule.constant() != null;
  }

  /** True if what looks like a card number here is none. */
  boolean notCard() {
    return notCard;
  }

  /** The position of the only column whose value is taken as it stands, or -1. */
  int plainColumn() {
    boolean plain = columns.length == 1 && values.isEmpty() && fallback == null && onlyEmptyIsNull;
    return plain ? columns[0] : -1;
  }

  /** First column, for messages; -1 for a constant. */
  int firstColumn() {
    return columns.length == 0 ? -1 : columns[0];
  }

  /** The field, or null for nothing. */
  @Nullable String read(Row row) {
    if (constant != null) {
      return constant;
    }
    String text = columns.length == 1 ? single(row) : several(row);
    if (text == null) {
      return fallback;
    }
    return values.isEmpty() ? text : values.getOrDefault(text, text);
  }

  private @Nullable String single(Row row) {
    if (row.start(columns[0]) == row.end(columns[0]) && onlyEmptyIsNull) {
      return null;
    }
    String text = row.text(columns[0]);
    return !onlyEmptyIsNull && nulls.contains(text) ? null : text;
  }

  private @Nullable String several(Row row) {
    joined.setLength(0);
    for (int i = 0; i < columns.length; i++) {
      String part = row.text(columns[i]);
      if (nulls.contains(part)) {
        return null;
      }
      if (i > 0) {
        joined.append(join);
      }
      joined.append(part);
    }
    return joined.toString();
  }
}
