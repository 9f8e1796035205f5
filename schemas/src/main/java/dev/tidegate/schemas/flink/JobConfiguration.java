package dev.tidegate.schemas.flink;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What every Tidegate job asks of Flink. */
public final class JobConfiguration {
  private static final long BUFFER_TIMEOUT_MS = 1;
  private static final long WATERMARK_INTERVAL_MS = 5;

  private static final String ROCKSDB = "state.backend.rocksdb.";

  /**
   * How RocksDB keeps a job's state, by the names of Flink's options, since this module does not
   * see RocksDB. Tasks stand still while a checkpoint flushes what was written since, so:
   *
   * <ul>
   *   <li>write buffers are small: most of it was flushed before, beside the tasks;
   *   <li>the first level is small too, or each of these small flushes would soon be merged with
   *       much;
   *   <li>two threads flush, a quarter of them, and six compact; by default one flushes for all
   *       tasks of a process in turn;
   *   <li>files that live for seconds are not compressed, which was half of a flush.
   * </ul>
   *
   * <p>Bloom filters: most keys that are asked for stand in none or few of its files, a payment's
   * id in none at all.
   */
  public static final Map<String, String> STATE =
      Map.of(
          ROCKSDB + "use-bloom-filter", "true",
          ROCKSDB + "compression.per.level", "NO_COMPRESSION;NO_COMPRESSION;SNAPPY_COMPRESSION",
          ROCKSDB + "writebuffer.size", "2mb",
          ROCKSDB + "writebuffer.count", "4",
          ROCKSDB + "compaction.level.max-size-level-base", "16mb",
          ROCKSDB + "thread.num", "8");

  private JobConfiguration() {}

  /** Has RocksDB keep state as in {@link #STATE}. */
  public static void tuneState(Configuration configuration) {
    STATE.forEach(configuration::setString);
  }

  /** No Kryo, no copies between chained operators (events are immutable), short waits. */
  public static Configuration streaming() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(
        PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(WATERMARK_INTERVAL_MS));
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(BUFFER_TIMEOUT_MS));
    return configuration;
  }

  /**
   * The same with state in RocksDB and incremental checkpoints that outlive the job.
   *
   * @param checkpoints address of a folder, for example {@code file:///data/checkpoints/features}
   * @param intervalMs pause between starts of checkpoints, milliseconds
   */
  public static Configuration durable(String checkpoints, long intervalMs) {
    Configuration configuration = streaming();
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    tuneState(configuration);
    configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(intervalMs));
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    return configuration;
  }

  /**
   * The same as {@link #streaming} for a bounded run: state on the heap, throughput over latency.
   */
  public static Configuration bounded() {
    Configuration configuration = streaming();
    configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(100));
    return configuration;
  }
}
