package dev.tidegate.features.archive;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one layout into one Parquet file, pages compressed with Zstandard. Rows are held
 * in memory, encoded, until a row group is full or the file is finished; a file that is not
 * finished has no footer and cannot be read. Not thread safe.
 *
 * <p>It puts parquet-java's own parts together because its {@code ParquetWriter} cannot be loaded
 * without Hadoop's classes on the class path.
 */
final class ParquetFile {
  /** Encoded bytes that a row group may hold in memory. */
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private static final int ROWS_BETWEEN_CHECKS = 256;
  private static final ParquetProperties ENCODINGS = ParquetProperties.builder().build();
  private static final MethodHandle OPEN = constructor();

  // configuration
  private final RowLayout layout;
  private final ParquetFileWriter file;

  // runtime
  private @Nullable RowGroup rows;

  private ParquetFile(RowLayout layout, ParquetFileWriter file) {
    this.layout = layout;
    this.file = file;
  }

  /** Begins a file; the layout's Parquet schema travels in it. */
  static ParquetFile begin(OutputFile out, RowLayout layout) throws IOException {
    ParquetFileWriter file = open(out, layout.type());
    file.start();
    return new ParquetFile(layout, file);
  }

  /**
   * The one constructor that asks for nothing of Hadoop's, by its handle: a call in source makes
   * the compiler look at all constructors, and the types of the others are not on the class path.
   */
  private static MethodHandle constructor() {
    try {
      return MethodHandles.publicLookup()
          .findConstructor(
              ParquetFileWriter.class,
              MethodType.methodType(
                  void.class,
                  OutputFile.class,
                  MessageType.class,
                  ParquetFileWriter.Mode.class,
                  long.class,
                  int.class,
                  int.class,
                  int.class,
                  boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(
          "parquet-hadoop on the class path is not of the version built with", e);
    }
  }

  private static ParquetFileWriter open(OutputFile out, MessageType type) throws IOException {
    try {
      return (ParquetFileWriter)
          OPEN.invokeExact(
              out,
              type,
              ParquetFileWriter.Mode.CREATE,
              ROW_GROUP_BYTES,
              /* maxPaddingSize= */ 0,
              ENCODINGS.getColumnIndexTruncateLength(),
              ENCODINGS.getStatisticsTruncateLength(),
              ENCODINGS.getPageWriteChecksumEnabled());
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("a Parquet file was not begun", e);
    }
  }

  /** Adds one row, see {@link RowLayout#write}. */
  void write(IndexedRecord event, int partition, long offset) throws IOException {
    RowGroup group = rows;
    if (group == null) {
      group = new RowGroup(layout.type());
      rows = group;
    }
    group.count++;
    layout.write(event, partition, offset, group.consumer);
    if (group.count % ROWS_BETWEEN_CHECKS == 0
        && group.columns.getBufferedSize() > ROW_GROUP_BYTES) {
      flush(group);
    }
  }

  /** Writes what is held and the footer. The stream below is left open, at the file's end. */
  void finish() throws IOException {
    if (rows != null) {
      flush(rows);
    }
    file.end(Map.of("tidegate.event", layout.type().getName()));
  }

  private void flush(RowGroup group) throws IOException {
    file.startBlock(group.count);
    group.consumer.flush();
    group.columns.flush();
    group.pages.flushToFileWriter(file);
    file.endBlock();
    group.columns.close();
    group.pages.close();
    rows = null;
  }

  /** Rows in memory, column by column. */
  private static final class RowGroup {
    final ColumnChunkPageWriteStore pages;
    final ColumnWriteStore columns;
    final RecordConsumer consumer;
    long count;

    RowGroup(MessageType type) {
      pages =
          new ColumnChunkPageWriteStore(
              new ZstdPages(),
              type,
              ENCODINGS.getAllocator(),
              ENCODINGS.getColumnIndexTruncateLength(),
              ENCODINGS.getPageWriteChecksumEnabled());
      columns = ENCODINGS.newColumnWriteStore(type, pages, pages);
      consumer = new ColumnIOFactory().getColumnIO(type).getRecordWriter(columns);
    }
  }
}
