package dev.tidegate.features.archive;

import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The history job on its own. Its arguments are {@code directory=ADDRESS}, {@code rollMs=N} (60,000
 * unless said), both as in {@link HistorySettings}, and those of {@link JobArguments}, of which
 * {@code disorderMs}, {@code idleMs}, {@code driftMs} and {@code checkpointIntervalMs} say nothing
 * here.
 */
public final class HistoryJob {
  private static final String DIRECTORY = "directory=";
  private static final String ROLL = "rollMs=";
  private static final String ROLL_MS = "60000";

  private HistoryJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    JobArguments arguments = JobArguments.of("history", others(args));
    HistorySettings settings = settings(arguments.settings(), args);
    StreamExecutionEnvironment env = arguments.environment();
    HistoryPipeline.define(env, HistorySource.kafka(settings), settings);
    env.execute("tidegate-history");
  }

  /** The settings that the arguments say. */
  static HistorySettings settings(StreamSettings stream, String... args) {
    return new HistorySettings(
        stream.bootstrapServers(),
        stream.registryUrl(),
        stream.consumerGroup(),
        value(args, DIRECTORY, ""),
        Long.parseLong(value(args, ROLL, ROLL_MS)),
        stream.parallelism());
  }

  private static String[] others(String... args) {
    List<String> own = List.of(DIRECTORY, ROLL);
    return Arrays.stream(args)
        .filter(arg -> own.stream().noneMatch(arg::startsWith))
        .toArray(String[]::new);
  }

  private static String value(String[] args, String key, String defaultValue) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith(key))
        .map(arg -> arg.substring(key.length()))
        .reduce(defaultValue, (first, last) -> last);
  }
}
