package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.profile.ColumnCheck;
import dev.tidegate.ingest.profile.Profile;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a profile says about rows as a whole: which are read, and what columns must look like. */
final class RowChecks {
  /** A closed set of values of one column. */
  private static final class OneOf {
    private final int column;
    private final byte[][] values;

    OneOf(int column, Set<String> values, Charset charset) {
      this.column = column;
      this.values = values.stream().map(v -> v.getBytes(charset)).toArray(byte[][]::new);
    }

    boolean holds(Row row) {
      for (byte[] value : values) {
        if (Arrays.equals(
            row.bytes(), row.start(column), row.end(column), value, 0, value.length)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Check(int column, ColumnCheck rule, OneOf oneOf) {}

  private final ColumnIndex index;
  private final List<Check> checks = new ArrayList<>();
  private final List<OneOf> keep;
  private final List<OneOf> drop;

  RowChecks(Profile profile, ColumnIndex index) {
    this.index = index;
    Charset charset = profile.format().charset();
    profile
        .expect()
        .forEach(
            (column, rule) -> {
              int at = index.of(column);
              // A label's column, where the file has no labels.
              if (at >= 0) {
                checks.add(new Check(at, rule, new OneOf(at, rule.values(), charset)));
              }
            });
    keep = sets(profile.filter().keep(), charset);
    drop = sets(profile.filter().drop(), charset);
  }

  private List<OneOf> sets(Map<String, Set<String>> rules, Charset charset) {
    return rules.entrySet().stream()
        .map(rule -> new OneOf(index.of(rule.getKey()), rule.getValue(), charset))
        .toList();
  }

  /** True if the profile leaves the row out. */
  boolean leavesOut(Row row) {
    for (OneOf set : keep) {
      if (!set.holds(row)) {
        return true;
      }
    }
    for (OneOf set : drop) {
      if (set.holds(row)) {
        return true;
      }
    }
    return false;
  }

  /** The first column that is not what the profile expects, or null. */
  @Nullable Fault fault(Row row) {
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      if (!holds(check, row)) {
        return new Fault(Reason.VALUE_UNEXPECTED, index.name(check.column()));
      }
    }
    return null;
  }

  private static boolean holds(Check check, Row row) {
    int from = row.start(check.column());
    int to = row.end(check.column());
    if (from == to && check.rule().optional()) {
      return true;
    }
    return switch (check.rule().shape()) {
      case INTEGER -> integer(row.bytes(), from, to);
      case NUMBER -> number(row.bytes(), from, to);
      case TEXT -> saysSomething(row.bytes(), from, to);
      case WORD -> word(row.bytes(), from, to);
      case ONE_OF -> check.oneOf().holds(row);
    };
  }

  private static boolean integer(byte[] bytes, int from, int to) {
    int first = from < to && bytes[from] == '-' ? from + 1 : from;
    return first < to && digitsEnd(bytes, first, to) == to;
  }

  private static boolean number(byte[] bytes, int from, int to) {
    int at = from < to && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
    int whole = digitsEnd(bytes, at, to);
    int digits = whole - at;
    at = whole;
    if (at < to && bytes[at] == '.') {
      int end = digitsEnd(bytes, at + 1, to);
      digits += end - at - 1;
      at = end;
    }
    if (digits > 0 && at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
        at++;
      }
      int end = digitsEnd(bytes, at, to);
      return end > at && end == to;
    }
    return digits > 0 && at == to;
  }

  private static int digitsEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private static boolean saysSomething(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || letterOrDigit(bytes[i])) {
        return true;
      }
    }
    return false;
  }

  private static boolean word(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (!letterOrDigit(b) && b != '_' && b != '-' && b != '.') {
        return false;
      }
    }
    return from < to;
  }

  private static boolean letterOrDigit(byte b) {
    return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
