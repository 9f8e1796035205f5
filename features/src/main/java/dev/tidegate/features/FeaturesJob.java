package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.flink.JobArguments;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The features job on its own; its arguments are those of {@link JobArguments}, and {@code
 * catalogue=FILE} for other features than those of {@code config/features.yaml}.
 */
public final class FeaturesJob {
  private static final String CATALOGUE = "catalogue";

  private FeaturesJob() {}

  /** Runs until cancelled; a wrong argument throws with the key in its message. */
  public static void main(String[] args) throws Exception {
    JobArguments arguments = JobArguments.of("features", Set.of(CATALOGUE), args);
    StreamSettings settings = arguments.settings();
    StreamExecutionEnvironment env = arguments.environment();
    Catalogue catalogue =
        Catalogue.read(Path.of(arguments.others().getOrDefault(CATALOGUE, "config/features.yaml")));
    FeaturesPipeline.define(
        env, catalogue, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
    env.execute("tidegate-features");
  }
}
