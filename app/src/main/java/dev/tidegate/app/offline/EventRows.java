package dev.tidegate.app.offline;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Rows of a history's tables as events, and the SQL that asks for them. */
final class EventRows {
  /** Keeps of each payment the first record in its topic; goes behind FROM and WHERE. */
  static final String FIRSTS =
      " QUALIFY row_number() OVER (PARTITION BY transactionId"
          + " ORDER BY topicPartition, topicOffset) = 1";

  private EventRows() {}

  /** An event's columns, in the order of its fields; times in milliseconds. */
  static String columns(Schema schema, String prefix) {
    List<String> columns = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      String name = field.name();
      String time = name.replaceFirst("Ms$", "");
      columns.add(name.equals(time) ? prefix + name : "epoch_ms(" + prefix + time + ") AS " + name);
    }
    return String.join(", ", columns);
  }

  /** The event of a row that begins with {@link #columns}. */
  static <T extends SpecificRecordBase> T event(ResultSet row, Class<T> type, Schema schema)
      throws SQLException {
    T event = type.cast(SpecificData.newInstance(type, schema));
    for (Schema.Field field : schema.getFields()) {
      int column = field.pos() + 1;
      event.put(
          field.pos(),
          switch (field.schema().getType()) {
            case LONG -> row.getLong(column);
            case BOOLEAN -> row.getBoolean(column);
            default -> row.getString(column);
          });
    }
    return event;
  }

  /** Files as a FROM clause has them; old ones lack columns that came later. */
  static String files(List<Path> files) {
    return files.stream()
        .map(file -> quoted(file.toString()))
        .collect(
            Collectors.joining(
                ", ", "read_parquet([", "], hive_partitioning = false, union_by_name = true)"));
  }

  /** The floats of a FLOAT[] column; none where it is empty. */
  static List<Float> floats(@Nullable Array column) throws SQLException {
    List<Float> floats = new ArrayList<>();
    if (column != null) {
      for (Object value : (Object[]) column.getArray()) {
        floats.add((Float) value);
      }
    }
    return floats;
  }

  /** The lists of a FLOAT[][] column; none where it is empty. */
  static List<List<Float>> lists(@Nullable Array column) throws SQLException {
    List<List<Float>> lists = new ArrayList<>();
    if (column != null) {
      for (Object list : (Object[]) column.getArray()) {
        lists.add(floats((Array) list));
      }
    }
    return lists;
  }

  /** A text as SQL has it. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
