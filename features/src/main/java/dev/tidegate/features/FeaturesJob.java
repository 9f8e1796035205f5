package dev.tidegate.features;

import dev.tidegate.schemas.flink.JobConfiguration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The features job on its own: {@code FeaturesJob key=value ...} with the keys of {@link
 * FeaturesSettings}, and {@code checkpoints=URI}, {@code checkpointIntervalMs=N} (10,000 unless
 * said). Without {@code checkpoints} the cluster's own configuration decides where state goes.
 */
public final class FeaturesJob {
  private static final long CHECKPOINT_INTERVAL_MS = 10_000;

  private FeaturesJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    Map<String, String> values = new HashMap<>();
    for (String arg : args) {
      String[] pair = arg.split("=", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException("not key=value: " + arg);
      }
      values.put(pair[0], pair[1]);
    }
    String checkpoints = values.remove("checkpoints");
    String interval = values.remove("checkpointIntervalMs");
    FeaturesSettings settings = FeaturesSettings.from(values);
    Configuration configuration =
        checkpoints == null
            ? JobConfiguration.streaming()
            : JobConfiguration.durable(
                checkpoints, interval == null ? CHECKPOINT_INTERVAL_MS : Long.parseLong(interval));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(settings.parallelism());
    FeaturesPipeline.define(env, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
    env.execute("tidegate-features");
  }
}
