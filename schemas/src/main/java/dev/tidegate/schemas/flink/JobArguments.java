package dev.tidegate.schemas.flink;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a job on its own is told on its command line, {@code key=value ...}: the keys of {@link
 * StreamSettings}, and {@code checkpoints=URI}, {@code checkpointIntervalMs=N} (10,000 unless
 * said). Without {@code checkpoints} the cluster's own configuration decides where state goes.
 *
 * @param settings the job's settings
 * @param configuration what to ask of Flink
 * @param others the job's own keys, where given
 */
public record JobArguments(
    StreamSettings settings, Configuration configuration, Map<String, String> others) {
  private static final String CHECKPOINT_INTERVAL_MS = "10000";

  /**
   * Reads the arguments.
   *
   * @param stage the stage's name
   * @throws IllegalArgumentException if one is wrong; it names the key
   */
  public static JobArguments of(String stage, String... args) {
    return of(stage, Set.of(), args);
  }

  /**
   * Reads the arguments of a job that has keys of its own.
   *
   * @param own the job's own keys, all optional
   * @throws IllegalArgumentException if an argument is wrong; it names the key
   */
  public static JobArguments of(String stage, Set<String> own, String... args) {
    Map<String, String> values = new HashMap<>();
    for (String arg : args) {
      String[] pair = arg.split("=", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException("not key=value: " + arg);
      }
      values.put(pair[0], pair[1]);
    }
    Map<String, String> others = new HashMap<>(values);
    others.keySet().retainAll(own);
    values.keySet().removeAll(own);
    String checkpoints = values.remove("checkpoints");
    String interval = values.remove("checkpointIntervalMs");
    Configuration configuration =
        checkpoints == null
            ? JobConfiguration.streaming()
            : JobConfiguration.durable(
                checkpoints, Long.parseLong(interval == null ? CHECKPOINT_INTERVAL_MS : interval));
    return new JobArguments(StreamSettings.from(stage, values), configuration, Map.copyOf(others));
  }

  /** The environment that the job runs in. */
  public StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(settings.parallelism());
    return env;
  }
}
