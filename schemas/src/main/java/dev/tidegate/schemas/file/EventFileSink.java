package dev.tidegate.schemas.file;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes events into one {@link EventFile} a subtask, {@code part-00000.avro} and so on, in a
 * folder. For bounded runs without restarts: a file gets its name when its subtask has seen the end
 * of the input; a run that fails leaves only {@code *.partial} files.
 *
 * @param <T> the event
 */
public final class EventFileSink<T extends SpecificRecord> implements Sink<T> {
  @Serial private static final long serialVersionUID = 1L;

  private final String folder;
  private final Class<T> type;

  private EventFileSink(Path folder, Class<T> type) {
    this.folder = folder.toString();
    this.type = type;
  }

  /** A sink into a folder, which is made if it is not there. */
  public static <T extends SpecificRecord> EventFileSink<T> into(Path folder, Class<T> type) {
    return new EventFileSink<>(folder, type);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    String name =
        String.format(Locale.ROOT, "part-%05d", context.getTaskInfo().getIndexOfThisSubtask());
    Path directory = Files.createDirectories(Path.of(folder));
    Path partial = directory.resolve(name + ".partial");
    return new Writer<>(
        EventFile.writer(partial, type), partial, directory.resolve(name + EventFile.SUFFIX));
  }

  private static final class Writer<T> implements SinkWriter<T> {
    private final DataFileWriter<T> out;
    private final Path partial;
    private final Path finished;

    Writer(DataFileWriter<T> out, Path partial, Path finished) {
      this.out = out;
      this.partial = partial;
      this.finished = finished;
    }

    @Override
    public void write(T event, Context context) throws IOException {
      out.append(event);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      out.flush();
      if (endOfInput) {
        out.close();
        Files.move(partial, finished, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
