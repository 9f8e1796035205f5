package dev.tidegate.app.stage;

import dev.tidegate.app.Home;
import dev.tidegate.features.FeaturesPipeline;
import dev.tidegate.features.FeaturesSink;
import dev.tidegate.features.FeaturesSource;
import dev.tidegate.features.archive.HistoryPipeline;
import dev.tidegate.features.archive.HistorySettings;
import dev.tidegate.features.archive.HistorySource;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.graphaml.GraphJob;
import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.JoinConfig;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Submits the Flink jobs by the same definitions that they run by on a cluster. */
public final class Jobs {
  static final String HISTORY = "history";

  private Jobs() {}

  /** The features job; goes on from its newest checkpoint. */
  public static RunningJob features(
      EmbeddedFlink flink, StreamSettings settings, Catalogue catalogue) {
    return flink.submit(
        "features",
        env -> {
          prepare(env, settings);
          FeaturesPipeline.define(
              env, catalogue, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
        });
  }

  private static void prepare(StreamExecutionEnvironment env, StreamSettings settings) {
    env.configure(JobConfiguration.streaming());
    env.setParallelism(settings.parallelism());
  }

  /**
   * The graph job; goes on from its newest checkpoint.
   *
   * @param lane whether somebody scores the AML lane, whatever the file says
   */
  public static RunningJob graph(EmbeddedFlink flink, StreamSettings settings, boolean lane) {
    return flink.submit(
        "graph-aml",
        env -> {
          prepare(env, settings);
          Path file = Home.path("config", "graph.yaml");
          JoinConfig joining = JoinConfig.read(file);
          GraphJob.define(
              env,
              settings,
              GraphConfig.read(file),
              lane || joining.enabled() ? joining.bounds() : null);
        });
  }

  /** The history job; goes on from its newest checkpoint. */
  public static RunningJob history(EmbeddedFlink flink, HistorySettings settings) {
    return flink.submit(
        HISTORY,
        env -> {
          env.configure(JobConfiguration.streaming());
          HistoryPipeline.define(env, HistorySource.kafka(settings), settings);
        });
  }
}
