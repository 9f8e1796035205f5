package dev.tidegate.features.archive;

import org.apache.avro.Schema;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** How one value stands in a Parquet file. */
enum ColumnKind {
  /** UTF-8 text; an enum's constant by its name. */
  TEXT(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType()),
  /**
   * Milliseconds since 1970-01-01T00:00Z, written as a timestamp without a zone, so that a reader
   * shows UTC wherever it runs.
   */
  TIME(
      PrimitiveTypeName.INT64,
      LogicalTypeAnnotation.timestampType(/* isAdjustedToUTC= */ false, TimeUnit.MILLIS)),
  /** A 64-bit whole number. */
  LONG(PrimitiveTypeName.INT64, null),
  /** A 32-bit whole number. */
  INT(PrimitiveTypeName.INT32, null),
  /** A 64-bit float, NaN included. */
  DOUBLE(PrimitiveTypeName.DOUBLE, null),
  /** A 32-bit float, bit for bit, NaN included. */
  FLOAT(PrimitiveTypeName.FLOAT, null),
  /** True or false. */
  BOOLEAN(PrimitiveTypeName.BOOLEAN, null);

  private final PrimitiveTypeName primitive;
  private final @Nullable LogicalTypeAnnotation meaning;

  ColumnKind(PrimitiveTypeName primitive, @Nullable LogicalTypeAnnotation meaning) {
    this.primitive = primitive;
    this.meaning = meaning;
  }

  /**
   * The kind of a field's values.
   *
   * @param schema of the value: neither a union nor an array
   * @throws IllegalArgumentException if events of that type have no place in a flat file
   */
  static ColumnKind of(String field, Schema schema) {
    return switch (schema.getType()) {
      case STRING, ENUM -> TEXT;
      case LONG -> field.endsWith(RowLayout.TIME_SUFFIX) ? TIME : LONG;
      case INT -> INT;
      case DOUBLE -> DOUBLE;
      case FLOAT -> FLOAT;
      case BOOLEAN -> BOOLEAN;
      default ->
          throw new IllegalArgumentException(
              "field " + field + " of type " + schema.getType() + " has no column in the history");
    };
  }

  /** The Parquet type of a column of this kind. */
  PrimitiveType type(Repetition repetition, String name) {
    return Types.primitive(primitive, repetition).as(meaning).named(name);
  }

  /** Writes one value, which is of the Java type that Avro has for it. */
  void write(Object value, RecordConsumer to) {
    switch (this) {
      case TEXT -> to.addBinary(Binary.fromString(value.toString()));
      case TIME, LONG -> to.addLong((Long) value);
      case INT -> to.addInteger((Integer) value);
      case DOUBLE -> to.addDouble((Double) value);
      case FLOAT -> to.addFloat((Float) value);
      case BOOLEAN -> to.addBoolean((Boolean) value);
    }
  }
}
