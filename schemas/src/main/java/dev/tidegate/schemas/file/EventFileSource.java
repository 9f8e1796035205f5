package dev.tidegate.schemas.file;

import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.LabelStream;
import dev.tidegate.schemas.flink.TransactionStream;
import dev.tidegate.schemas.flink.TransactionTime;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.jspecify.annotations.Nullable;

/**
 * An {@link EventFile} as a bounded Flink source. One file is one split: its events come in the
 * order of the file when the source runs at parallelism 1.
 */
public final class EventFileSource {
  private EventFileSource() {}

  /** The source over one file. */
  public static <T extends SpecificRecord> FileSource<T> of(Path file, Class<T> type) {
    return FileSource.forRecordStreamFormat(
            new Format<>(type), new org.apache.flink.core.fs.Path(file.toUri()))
        .build();
  }

  /**
   * A file of transactions as a job's stream, bounded, in the file's order.
   *
   * @param disorderMs how far a transaction may stand behind an earlier one in the file with a
   *     later time, milliseconds; at the span of the whole file, the file may have any order, and
   *     is held in memory
   * @param name name of the source operator and its uid
   */
  public static TransactionStream transactions(Path file, long disorderMs, String name) {
    return env ->
        TransactionTime.serialStream(
            env, of(file, Transaction.class), TransactionTime.watermarks(disorderMs), name);
  }

  /**
   * A file of labels as a job's stream, bounded.
   *
   * @param file labels in the order of when they were known
   * @param name name of the source operator and its uid
   */
  public static LabelStream labels(Path file, String name) {
    return env ->
        env.fromSource(
                of(file, Label.class),
                WatermarkStrategy.<Label>forMonotonousTimestamps()
                    .withTimestampAssigner((label, recordTime) -> label.getKnownAtMs()),
                name,
                EventTypeInformation.forEvent(Label.class))
            .uid(name)
            .setParallelism(1);
  }

  private static final class Format<T extends SpecificRecord> extends SimpleStreamFormat<T> {
    @Serial private static final long serialVersionUID = 1L;
    private final Class<T> type;

    Format(Class<T> type) {
      this.type = type;
    }

    @Override
    public StreamFormat.Reader<T> createReader(Configuration config, FSDataInputStream in)
        throws IOException {
      return new FormatReader<>(new DataFileStream<>(in, EventFile.datumReader(type)));
    }

    @Override
    public TypeInformation<T> getProducedType() {
      return EventTypeInformation.forEvent(type);
    }
  }

  private record FormatReader<T>(DataFileStream<T> stream) implements StreamFormat.Reader<T> {
    @Override
    public @Nullable T read() {
      return stream.hasNext() ? stream.next() : null;
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
