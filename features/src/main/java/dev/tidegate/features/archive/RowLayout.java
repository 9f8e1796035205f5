package dev.tidegate.features.archive;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The columns of one table of the history: flat, in the order of the event's fields, then the
 * record's place in its topic, which is unique. A field that an event gains becomes a column by
 * itself.
 */
final class RowLayout {
  /** How the name of a field ends that holds a time; a column of type timestamp goes without it. */
  static final String TIME_SUFFIX = "Ms";

  private static final String PARTITION = "topicPartition";
  private static final String OFFSET = "topicOffset";

  private final List<Column> columns;
  private final MessageType type;

  private RowLayout(String name, List<Column> columns) {
    this.columns = columns;
    List<Type> types = new ArrayList<>();
    columns.forEach(column -> types.add(column.type()));
    types.add(ColumnKind.INT.type(Repetition.REQUIRED, PARTITION));
    types.add(ColumnKind.LONG.type(Repetition.REQUIRED, OFFSET));
    this.type = new MessageType(name, types);
  }

  /**
   * Every field of an event, none of which may be a record.
   *
   * @throws IllegalArgumentException if one has no column, see {@link ColumnKind}
   */
  static RowLayout of(Schema event) {
    return of(event, event.getFields().stream().map(Schema.Field::name).toList());
  }

  /** Some fields, by their paths, see {@link Column#of}. */
  static RowLayout of(Schema event, List<String> paths) {
    return new RowLayout(
        event.getName(), paths.stream().map(path -> Column.of(event, path)).toList());
  }

  /** The Parquet schema of the rows. */
  MessageType type() {
    return type;
  }

  /**
   * Writes one row.
   *
   * @param partition the record's partition
   * @param offset the record's offset in it
   */
  void write(IndexedRecord event, int partition, long offset, RecordConsumer to) {
    to.startMessage();
    int index = 0;
    for (Column column : columns) {
      column.write(event, index++, to);
    }
    to.startField(PARTITION, index);
    to.addInteger(partition);
    to.endField(PARTITION, index++);
    to.startField(OFFSET, index);
    to.addLong(offset);
    to.endField(OFFSET, index);
    to.endMessage();
  }
}
