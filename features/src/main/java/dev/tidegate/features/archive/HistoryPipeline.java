package dev.tidegate.features.archive;

import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Topics to Parquet files, a source and a sink a table. Job, tests and the one-process platform all
 * call {@link #define}.
 */
public final class HistoryPipeline {
  private HistoryPipeline() {}

  /**
   * Lays the stage out; the caller executes the environment. Sets the job's checkpoint interval:
   * files are finished by checkpoints, so it is the interval of the files.
   */
  public static void define(
      StreamExecutionEnvironment env, HistorySource source, HistorySettings settings) {
    env.enableCheckpointing(settings.rollMs());
    env.setParallelism(settings.parallelism());
    for (HistoryTable table : HistoryTable.values()) {
      archive(env, source, table, table.topic().value(), settings.directory());
    }
  }

  private static <T extends SpecificRecord> void archive(
      StreamExecutionEnvironment env,
      HistorySource source,
      HistoryTable table,
      Class<T> type,
      String directory) {
    String name = "history-" + table.folder() + "-files";
    source.open(env, table, type).sinkTo(HistorySink.files(directory, table)).name(name).uid(name);
  }
}
