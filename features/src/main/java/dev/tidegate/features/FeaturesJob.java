package dev.tidegate.features;

import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The features job on its own; its arguments are those of {@link JobArguments}. */
public final class FeaturesJob {
  private FeaturesJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    JobArguments arguments = JobArguments.of("features", args);
    StreamSettings settings = arguments.settings();
    StreamExecutionEnvironment env = arguments.environment();
    FeaturesPipeline.define(env, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
    env.execute("tidegate-features");
  }
}
