package dev.tidegate.features.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * One column of a row: where its value stands in the event, and how it is written.
 *
 * @param name the field's name; a time loses its {@code Ms}
 * @param path positions of the field in the event, and in the records inside it
 * @param kind how one value is written
 * @param depth 0 for one such value, 1 for a list of them, 2 for a list of lists
 * @param optional true if the value may be missing
 */
record Column(String name, List<Integer> path, ColumnKind kind, int depth, boolean optional) {
  /**
   * The column of an event's field.
   *
   * @param event the event's schema
   * @param path names of the field and of the records that it stands in, with dots between
   * @throws IllegalArgumentException if there is no such field or its type has no column
   */
  static Column of(Schema event, String path) {
    Integer[] positions = new Integer[path.split("\\.").length];
    Schema schema = event;
    String name = path;
    int depth = 0;
    for (String step : path.split("\\.")) {
      Schema.Field field = schema.getField(step);
      if (field == null) {
        throw new IllegalArgumentException(event.getName() + " has no field " + path);
      }
      positions[depth++] = field.pos();
      schema = field.schema();
      name = step;
    }
    boolean optional = schema.getType() == Schema.Type.UNION;
    Schema value = optional ? present(path, schema) : schema;
    int lists = 0;
    while (value.getType() == Schema.Type.ARRAY) {
      value = value.getElementType();
      lists++;
    }
    ColumnKind kind = ColumnKind.of(name, value);
    return new Column(
        columnName(name, kind), List.copyOf(Arrays.asList(positions)), kind, lists, optional);
  }

  private static Schema present(String path, Schema union) {
    List<Schema> present =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (present.size() != 1) {
      throw new IllegalArgumentException("field " + path + " may be of several types");
    }
    return present.get(0);
  }

  private static String columnName(String field, ColumnKind kind) {
    return kind == ColumnKind.TIME
        ? field.substring(0, field.length() - RowLayout.TIME_SUFFIX.length())
        : field;
  }

  /** The column's Parquet type. */
  Type type() {
    Repetition repetition = optional ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return type(repetition, name, depth);
  }

  private Type type(Repetition repetition, String name, int depth) {
    return depth == 0
        ? kind.type(repetition, name)
        : Types.list(repetition)
            .element(type(Repetition.REQUIRED, "element", depth - 1))
            .named(name);
  }

  /** Writes the event's value, nothing where it is missing. */
  void write(IndexedRecord event, int index, RecordConsumer to) {
    Object value = valueIn(event);
    if (value == null) {
      return;
    }
    to.startField(name, index);
    write(value, depth, to);
    to.endField(name, index);
  }

  /**
   * The event's value.
   *
   * @throws NullPointerException if it is missing
   */
  Object requireIn(IndexedRecord event) {
    return Objects.requireNonNull(valueIn(event), name);
  }

  private @Nullable Object valueIn(IndexedRecord event) {
    Object value = event;
    for (int position : path) {
      value = ((IndexedRecord) value).get(position);
    }
    return value;
  }

  private void write(Object value, int depth, RecordConsumer to) {
    if (depth == 0) {
      kind.write(value, to);
    } else {
      writeList((List<?>) value, depth, to);
    }
  }

  private void writeList(List<?> values, int depth, RecordConsumer to) {
    to.startGroup();
    if (!values.isEmpty()) {
      to.startField("list", 0);
      for (Object value : values) {
        to.startGroup();
        to.startField("element", 0);
        write(value, depth - 1, to);
        to.endField("element", 0);
        to.endGroup();
      }
      to.endField("list", 0);
    }
    to.endGroup();
  }
}
