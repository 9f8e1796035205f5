package dev.tidegate.features.archive;

import dev.tidegate.schemas.event.FeatureVector;
import java.io.IOException;
import java.io.Serial;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Where the history's rows go: {@code DIRECTORY/TABLE/day=YYYY-MM-DD/part-*.parquet}. A file gets
 * its name when the checkpoint that holds its rows is complete, so that each record of a topic
 * stands in one finished file, also after a failure; until then its name begins with a dot.
 */
public final class HistorySink {
  private HistorySink() {}

  /**
   * The files of one table.
   *
   * @param directory address of the history's folder, in any file system that Flink knows
   */
  static <T extends SpecificRecord> FileSink<Tuple3<T, Integer, Long>> files(
      String directory, HistoryTable table) {
    return FileSink.<Tuple3<T, Integer, Long>>forBulkFormat(
            new Path(directory, table.folder()), new Files<T>(table))
        .withBucketAssigner(new Days<T>(table))
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(new OutputFileConfig("part", ".parquet"))
        .build();
  }

  /**
   * Vectors that were computed again, in the same layout; since no topic holds them, partition and
   * offset are -1.
   *
   * @param directory address of a folder, in any file system that Flink knows
   */
  public static Sink<FeatureVector> vectors(String directory) {
    return FileSink.<FeatureVector>forBulkFormat(
            new Path(directory, HistoryTable.VECTORS.folder()), new VectorFiles())
        .withBucketAssigner(new VectorDays())
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(new OutputFileConfig("part", ".parquet"))
        .build();
  }

  /** Begins a Parquet file of vectors that no topic holds. */
  private record VectorFiles() implements BulkWriter.Factory<FeatureVector> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public BulkWriter<FeatureVector> create(FSDataOutputStream stream) throws IOException {
      BulkWriter<Tuple3<FeatureVector, Integer, Long>> rows =
          new Files<FeatureVector>(HistoryTable.VECTORS).create(stream);
      return new BulkWriter<>() {
        @Override
        public void addElement(FeatureVector vector) throws IOException {
          rows.addElement(Tuple3.of(vector, -1, -1L));
        }

        @Override
        public void flush() throws IOException {
          rows.flush();
        }

        @Override
        public void finish() throws IOException {
          rows.finish();
        }
      };
    }
  }

  /** A vector's folder, by the day of its payment. */
  private record VectorDays() implements BucketAssigner<FeatureVector, String> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public String getBucketId(FeatureVector vector, Context context) {
      return HistoryTable.VECTORS.partitionOf(vector);
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
      return SimpleVersionedStringSerializer.INSTANCE;
    }
  }

  /** Begins a Parquet file on Flink's stream. */
  private record Files<T extends SpecificRecord>(HistoryTable table)
      implements BulkWriter.Factory<Tuple3<T, Integer, Long>> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public BulkWriter<Tuple3<T, Integer, Long>> create(FSDataOutputStream stream)
        throws IOException {
      ParquetFile file = ParquetFile.begin(new StreamFile(stream), table.layout());
      return new BulkWriter<>() {
        @Override
        public void addElement(Tuple3<T, Integer, Long> entry) throws IOException {
          file.write(entry.f0, entry.f1, entry.f2);
        }

        @Override
        public void flush() {
          // a row group is written when it is full
        }

        @Override
        public void finish() throws IOException {
          file.finish();
        }
      };
    }
  }

  /** A row's folder, by the day of its event. */
  private record Days<T extends SpecificRecord>(HistoryTable table)
      implements BucketAssigner<Tuple3<T, Integer, Long>, String> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public String getBucketId(Tuple3<T, Integer, Long> entry, Context context) {
      return table.partitionOf(entry.f0);
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
      return SimpleVersionedStringSerializer.INSTANCE;
    }
  }

  /** Flink's stream as parquet-java takes it; Flink closes it. */
  private record StreamFile(FSDataOutputStream stream) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() throws IOException {
          return stream.getPos();
        }

        @Override
        public void write(int value) throws IOException {
          stream.write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          stream.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
          stream.flush();
        }

        @Override
        public void close() throws IOException {
          stream.flush();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
