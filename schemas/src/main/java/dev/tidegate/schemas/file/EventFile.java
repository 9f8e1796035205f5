package dev.tidegate.schemas.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events in files, for bounded runs: Avro object container files, so any Avro tool reads them and
 * the schema travels with the bytes. A reader takes a file or a folder; in a folder it takes the
 * files that end in {@value #SUFFIX}, by name.
 */
public final class EventFile {
  /** How the name of a finished file ends. */
  public static final String SUFFIX = ".avro";

  private EventFile() {}

  /** A new file; events are written with {@code append}, in order. */
  public static <T extends SpecificRecord> DataFileWriter<T> writer(Path file, Class<T> type)
      throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    DataFileWriter<T> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(model.getSchema(type), model));
    return writer.create(model.getSchema(type), file.toFile());
  }

  /** Reads a file, or a folder's files by name. */
  public static <T extends SpecificRecord> Reader<T> read(Path path, Class<T> type)
      throws IOException {
    return new Reader<>(Files.isDirectory(path) ? filesIn(path) : List.of(path), type);
  }

  static <T extends SpecificRecord> SpecificDatumReader<T> datumReader(Class<T> type) {
    SpecificData model = SpecificData.getForClass(type);
    return new SpecificDatumReader<>(model.getSchema(type), model.getSchema(type), model);
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /**
   * Events one after the other. Not thread safe.
   *
   * @param <T> the event
   */
  public static final class Reader<T extends SpecificRecord> implements Closeable {
    private final Deque<Path> files;
    private final Class<T> type;
    private @Nullable DataFileStream<T> open;

    private Reader(List<Path> files, Class<T> type) {
      this.files = new ArrayDeque<>(files);
      this.type = type;
    }

    /** The next event, or null behind the last. */
    public @Nullable T next() throws IOException {
      while (true) {
        DataFileStream<T> stream = open;
        if (stream != null && stream.hasNext()) {
          return stream.next();
        }
        close();
        Path file = files.poll();
        if (file == null) {
          return null;
        }
        open = new DataFileStream<>(Files.newInputStream(file), datumReader(type));
      }
    }

    @Override
    public void close() throws IOException {
      DataFileStream<T> stream = open;
      open = null;
      if (stream != null) {
        stream.close();
      }
    }
  }
}
